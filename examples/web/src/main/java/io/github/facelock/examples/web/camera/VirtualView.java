package io.github.facelock.examples.web.camera;

import io.github.facelock.examples.web.people.DemoPerson;
import java.util.ArrayList;
import java.util.List;

/**
 * What a virtual camera can see.
 *
 * @param id in addresses
 * @param person who is seen
 * @param shown how
 */
record VirtualView(String id, DemoPerson person, Shown shown) {

  /** How somebody is seen. */
  enum Shown {
    /** Before the camera. */
    ALIVE,
    /** On paper, which somebody tilts towards the side that is asked for. */
    PRINT,
    /** On a tablet, tilted likewise. */
    SCREEN
  }

  static List<VirtualView> all() {
    List<VirtualView> views = new ArrayList<>();
    for (DemoPerson person : DemoPerson.values()) {
      views.add(new VirtualView(person.id(), person, Shown.ALIVE));
    }
    views.add(new VirtualView("anna-print", DemoPerson.ANNA, Shown.PRINT));
    views.add(new VirtualView("anna-screen", DemoPerson.ANNA, Shown.SCREEN));
    return views;
  }
}
