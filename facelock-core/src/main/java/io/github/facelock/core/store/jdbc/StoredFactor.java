package io.github.facelock.core.store.jdbc;

import io.github.facelock.api.FactorKind;
import io.github.facelock.api.FactorType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A factor's type in three neighbouring columns: id, kind, method reference. */
final class StoredFactor {

  private StoredFactor() {}

  static Optional<FactorType> read(ResultSet row, int firstColumn) throws SQLException {
    @Nullable String id = row.getString(firstColumn);
    @Nullable String kind = row.getString(firstColumn + 1);
    @Nullable String amr = row.getString(firstColumn + 2);
    return id == null || kind == null || amr == null
        ? Optional.empty()
        : Optional.of(FactorType.of(id, FactorKind.valueOf(kind), amr));
  }
}
