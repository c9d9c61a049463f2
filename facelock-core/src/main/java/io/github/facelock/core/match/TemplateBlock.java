package io.github.facelock.core.match;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.face.Embedding;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Up to {@value #ROWS} templates, stored column by column: first the first value of every template,
 * then the second of every template. So the inner loop of a search adds to {@value #ROWS}
 * independent sums and the compiler turns it into vector instructions, which it may not do with the
 * sum of one row. Rows that a snapshot counts never change; free rows are filled in place.
 */
final class TemplateBlock {

  static final int ROWS = 1024;

  private final int dimension;

  /**
   * One array for each value, of 4 KiB: one for all of them would be larger than half a region of
   * the collector's, which then gives it whole regions, up to half as much again (G1, "humongous").
   */
  private final float[][] columns;

  private final @Nullable Entry[] entries = new @Nullable Entry[ROWS];

  /** Whose template a row is. */
  record Entry(SubjectId subject, CredentialId credential) {}

  TemplateBlock(int dimension) {
    this.dimension = dimension;
    this.columns = new float[dimension][ROWS];
  }

  private TemplateBlock(TemplateBlock of) {
    this.dimension = of.dimension;
    this.columns = new float[dimension][];
    for (int d = 0; d < dimension; d++) {
      columns[d] = of.columns[d].clone();
    }
    System.arraycopy(of.entries, 0, entries, 0, ROWS);
  }

  TemplateBlock copy() {
    return new TemplateBlock(this);
  }

  void set(int row, Entry entry, Embedding template) {
    float[] values = new float[dimension];
    template.copyTo(values, 0);
    for (int d = 0; d < dimension; d++) {
      columns[d][row] = values[d];
    }
    entries[row] = entry;
  }

  void set(int row, TemplateBlock from, int fromRow) {
    for (int d = 0; d < dimension; d++) {
      columns[d][row] = from.columns[d][fromRow];
    }
    entries[row] = from.entries[fromRow];
  }

  void clear(int row) {
    for (int d = 0; d < dimension; d++) {
      columns[d][row] = 0;
    }
    entries[row] = null;
  }

  Entry entry(int row) {
    return Objects.requireNonNull(entries[row], "entry");
  }

  /**
   * Compares a probe with all rows.
   *
   * @param probe as many values as the dimension
   * @param sums receives {@value #ROWS} scores; those of free rows have no meaning
   */
  void compare(float[] probe, float[] sums) {
    java.util.Arrays.fill(sums, 0);
    int d = 0;
    // Four columns at once: the sums are read and written a quarter as often.
    for (; d <= dimension - 4; d += 4) {
      add(sums, columns, d, probe);
    }
    for (; d < dimension; d++) {
      add(sums, columns[d], probe[d]);
    }
  }

  private static void add(float[] sums, float[][] columns, int d, float[] probe) {
    float[] c0 = columns[d];
    float[] c1 = columns[d + 1];
    float[] c2 = columns[d + 2];
    float[] c3 = columns[d + 3];
    float p0 = probe[d];
    float p1 = probe[d + 1];
    float p2 = probe[d + 2];
    float p3 = probe[d + 3];
    for (int r = 0; r < ROWS; r++) {
      sums[r] += (p0 * c0[r] + p1 * c1[r]) + (p2 * c2[r] + p3 * c3[r]);
    }
  }

  private static void add(float[] sums, float[] column, float p) {
    for (int r = 0; r < ROWS; r++) {
      sums[r] += p * column[r];
    }
  }
}
