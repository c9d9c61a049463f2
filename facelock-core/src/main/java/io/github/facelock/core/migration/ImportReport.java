package io.github.facelock.core.migration;

/**
 * How many people became what.
 *
 * @param imported registered with everything that was usable
 * @param skipped known already
 * @param refused not imported
 */
public record ImportReport(long imported, long skipped, long refused) {}
