package io.github.facelock.core;

import io.github.facelock.api.face.ModelInfo;
import io.github.facelock.api.face.ScoreCalibration;
import io.github.facelock.core.face.CaptureGuide;
import io.github.facelock.core.face.FaceEnroller;
import io.github.facelock.core.face.FaceFactor;
import io.github.facelock.core.watchlist.WatchListRegistry;
import io.github.facelock.spi.face.FaceRecogniser;
import java.util.List;
import java.util.Optional;

/** The assembled face step: who verifies, who enrols, and with which models. */
record FaceStep(
    FaceFactor factor,
    CaptureGuide guide,
    FaceEnroller enroller,
    Optional<EnrolmentChallenges> enrolmentChallenges,
    FaceRecogniser recogniser,
    WatchListRegistry watchList,
    List<ScoreCalibration> calibrations,
    List<ModelInfo> models) {}
