package io.github.facelock.core.match;

import io.github.facelock.api.face.ComparisonScore;
import io.github.facelock.spi.face.TemplateIndex.Candidate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The best template of each of the most alike subjects so far, best first. */
final class BestSubjects {

  private final float[] scores;
  private final TemplateBlock.@Nullable Entry[] entries;
  private int size;

  BestSubjects(int most) {
    this.scores = new float[most];
    this.entries = new TemplateBlock.@Nullable Entry[most];
  }

  /** The score that a template must exceed to matter. */
  float bar() {
    return size < scores.length ? Float.NEGATIVE_INFINITY : scores[size - 1];
  }

  void offer(float score, TemplateBlock.Entry entry) {
    if (!(score > bar())) {
      return;
    }
    int at = place(entry);
    if (at < size && scores[at] >= score) {
      return;
    }
    if (at == scores.length) {
      at--;
    } else if (at == size) {
      size++;
    }
    for (; at > 0 && scores[at - 1] < score; at--) {
      scores[at] = scores[at - 1];
      entries[at] = entries[at - 1];
    }
    scores[at] = score;
    entries[at] = entry;
  }

  /** Where the entry's subject stands, or the end. */
  private int place(TemplateBlock.Entry entry) {
    for (int i = 0; i < size; i++) {
      TemplateBlock.Entry other = entries[i];
      if (other != null && other.subject().equals(entry.subject())) {
        return i;
      }
    }
    return size;
  }

  List<Candidate> toList() {
    List<Candidate> candidates = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      TemplateBlock.Entry entry = entries[i];
      if (entry != null) {
        candidates.add(
            new Candidate(entry.subject(), entry.credential(), new ComparisonScore(scores[i])));
      }
    }
    return candidates;
  }
}
