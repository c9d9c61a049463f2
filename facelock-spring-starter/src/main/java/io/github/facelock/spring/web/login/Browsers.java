package io.github.facelock.spring.web.login;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A name for a device that its owner recognises in a list. Nothing is decided by it. */
final class Browsers {

  private static final Map<String, String> BROWSERS =
      Map.of("Firefox/", "Firefox", "Edg/", "Edge", "OPR/", "Opera");
  private static final Map<String, String> SYSTEMS =
      Map.of(
          "Android", "Android",
          "iPhone", "iPhone",
          "iPad", "iPad",
          "Windows", "Windows",
          "Mac OS X", "Mac",
          "CrOS", "Chromebook");

  private Browsers() {}

  static String name(@Nullable String agent) {
    String header = agent == null ? "" : agent;
    String browser =
        BROWSERS.entrySet().stream()
            .filter(entry -> header.contains(entry.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(
                header.contains("Chrome/")
                    ? "Chrome"
                    : header.contains("Safari/") ? "Safari" : "Browser");
    // An iPhone calls itself "like Mac OS X".
    for (String sign : new String[] {"iPhone", "iPad", "Android", "CrOS", "Windows", "Mac OS X"}) {
      if (header.contains(sign)) {
        return browser + ", " + SYSTEMS.get(sign);
      }
    }
    return header.contains("Linux") ? browser + ", Linux" : browser;
  }
}
