package io.github.facelock.spring.web.admin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;

/** Tests over one running application, MockMvc and a real Tomcat. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
    classes = AdminApp.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "facelock.web.admin.max-picture=2MB",
      "facelock.web.admin.max-import=4MB",
      "facelock.web.admin.max-unpacked=8MB",
      "facelock.web.admin.max-live=5",
      "facelock.web.admin.import-folder=target/imports",
      "spring.main.banner-mode=off"
    })
@AutoConfigureMockMvc
@interface AdminTest {}
