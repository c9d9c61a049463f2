package io.github.facelock.examples.web;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the application on port 8080; {@code application.properties} says what can be set. */
@SpringBootApplication(proxyBeanMethods = false)
public class WebExample {

  /**
   * Runs.
   *
   * @param args properties, such as {@code --server.port=8081}
   */
  public static void main(String[] args) {
    SpringApplication.run(WebExample.class, args);
  }
}
