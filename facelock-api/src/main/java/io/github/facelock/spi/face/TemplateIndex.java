package io.github.facelock.spi.face;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.face.ComparisonScore;
import io.github.facelock.api.face.Embedding;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Finds the most alike among many templates (identification, 1:N). Thread-safe. */
public interface TemplateIndex {

  /**
   * Adds a template, or replaces the one of the same credential.
   *
   * @param subject whose it is
   * @param credential which
   * @param template of the model that this index serves
   */
  void put(SubjectId subject, CredentialId credential, Embedding template);

  /**
   * Removes a template; an unknown one is ignored.
   *
   * @param subject whose it is
   * @param credential which
   */
  void remove(SubjectId subject, CredentialId credential);

  /**
   * Searches all templates.
   *
   * @param probe of the model that this index serves
   * @param most how many candidates are wanted, 1 to 100
   * @return the best template of each of the most alike subjects, best first
   */
  List<Candidate> search(Embedding probe, int most);

  /**
   * Tells whose templates there are.
   *
   * @return a copy, each subject once
   */
  Set<SubjectId> subjects();

  /**
   * Tells which templates of a subject there are.
   *
   * @param subject whose
   * @return a copy; empty for an unknown subject
   */
  Set<CredentialId> credentials(SubjectId subject);

  /**
   * Tells how many templates there are.
   *
   * @return the number of templates
   */
  int size();

  /**
   * A subject that was found.
   *
   * @param subject whose template it is
   * @param credential which
   * @param score how alike it is
   */
  record Candidate(SubjectId subject, CredentialId credential, ComparisonScore score) {
    /** Refuses null. */
    public Candidate {
      Objects.requireNonNull(subject, "subject");
      Objects.requireNonNull(credential, "credential");
      Objects.requireNonNull(score, "score");
    }
  }
}
