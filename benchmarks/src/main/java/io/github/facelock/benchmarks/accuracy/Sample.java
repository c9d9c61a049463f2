package io.github.facelock.benchmarks.accuracy;

/**
 * A labelled picture.
 *
 * @param path relative to the folder that is measured, with slashes
 * @param person the name of the folder that it lies in
 */
public record Sample(String path, String person) {

  /**
   * Tells the collection that a picture came from: its folder's name up to the first underscore.
   *
   * @return for example {@code lfw} for {@code lfw_Helen_Clark}
   */
  public String source() {
    int underscore = person.indexOf('_');
    return underscore <= 0 ? person : person.substring(0, underscore);
  }
}
