package io.github.facelock.api.watchlist;

import java.util.regex.Pattern;

/**
 * Names one entry of the watch-list.
 *
 * @param value 1 to 64 letters, digits and hyphens
 */
public record WatchListEntryId(String value) {

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9-]{1,64}");

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if the value is malformed
   */
  public WatchListEntryId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "The id of a watch-list entry has 1 to 64 letters, digits and hyphens");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
