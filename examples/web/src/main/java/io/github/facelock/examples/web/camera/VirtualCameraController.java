package io.github.facelock.examples.web.camera;

import io.github.facelock.api.face.CapturedFrame;
import io.github.facelock.api.face.LivenessAction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Serves simulated clips in the form that {@code <facelock-capture virtual-camera>} plays. In
 * development only: to whoever can reach it, it is somebody's face that answers every challenge.
 */
@RestController
@RequestMapping("/virtual-camera")
@ConditionalOnBooleanProperty("facelock.development")
class VirtualCameraController {

  private final Studio studio = new Studio();

  /** A picture of a clip, as the page wants to hear of it. */
  record Still(String url, long at) {}

  /** A camera to choose. */
  record Choice(String id, String person, String shown) {}

  @GetMapping
  List<Choice> choices() {
    return VirtualView.all().stream()
        .map(
            view ->
                new Choice(
                    view.id(),
                    view.person().id(),
                    view.shown().name().toLowerCase(java.util.Locale.ROOT)))
        .toList();
  }

  @GetMapping("/{view}/clips.json")
  Map<String, List<Still>> clips(@PathVariable("view") String view) {
    VirtualView seen = find(view);
    Map<String, List<Still>> clips = new LinkedHashMap<>();
    for (LivenessAction action : LivenessAction.values()) {
      List<Still> stills = new ArrayList<>();
      for (CapturedFrame frame : studio.clip(seen, action).frames()) {
        stills.add(new Still(action.code() + "/" + stills.size() + ".jpg", frame.at().toMillis()));
      }
      clips.put(action.code(), stills);
    }
    return clips;
  }

  @GetMapping("/{view}/{action}/{number}.jpg")
  ResponseEntity<byte[]> picture(
      @PathVariable("view") String view,
      @PathVariable("action") String action,
      @PathVariable("number") int number) {
    LivenessAction wanted =
        LivenessAction.ofCode(action).orElseThrow(VirtualCameraController::gone);
    List<CapturedFrame> frames = studio.clip(find(view), wanted).frames();
    if (number < 0 || number >= frames.size()) {
      throw gone();
    }
    return ResponseEntity.ok()
        .contentType(MediaType.IMAGE_JPEG)
        .cacheControl(CacheControl.maxAge(Duration.ofHours(1)).cachePrivate())
        .body(frames.get(number).encoded());
  }

  private static VirtualView find(String id) {
    return VirtualView.all().stream()
        .filter(view -> view.id().equals(id))
        .findAny()
        .orElseThrow(VirtualCameraController::gone);
  }

  private static ResponseStatusException gone() {
    return new ResponseStatusException(HttpStatus.NOT_FOUND);
  }
}
