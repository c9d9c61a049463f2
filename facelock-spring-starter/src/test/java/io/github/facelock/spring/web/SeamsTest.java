package io.github.facelock.spring.web;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.policy.Policy;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.web.servlet.MockMvc;

/** What every area of the web surface stands on. */
@SpringBootTest
@AutoConfigureMockMvc
class SeamsTest {

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {
    @Bean
    Policy policy() {
      return Policy.named("codes").step(FactorType.PASSWORD).step(FactorType.TOTP).build();
    }
  }

  @Autowired MockMvc mvc;

  @Test
  void aScriptGetsATokenBeforeAnybodyIsLoggedIn() throws Exception {
    mvc.perform(get("/facelock/api/csrf"))
        .andExpect(status().isOk())
        .andExpect(header().string("Cache-Control", "no-store"))
        .andExpect(jsonPath("headerName").value("X-CSRF-TOKEN"));
  }

  @Test
  void whoIsNotLoggedInGetsAProblemFromTheInterfaceAndALoginPageFromPages() throws Exception {
    mvc.perform(get("/facelock/api/me").header("Accept-Language", "xx"))
        .andExpect(status().isUnauthorized())
        .andExpect(content().contentType("application/problem+json"))
        .andExpect(jsonPath("type").value("urn:facelock:problem:login-required"));
    mvc.perform(get("/orders")).andExpect(redirectedUrl("/facelock/login"));
  }

  @Test
  void aRequestWithoutTheTokenIsRefusedAsAProblem() throws Exception {
    mvc.perform(post("/facelock/api/login"))
        .andExpect(status().isForbidden())
        .andExpect(jsonPath("type").value("urn:facelock:problem:csrf"));
  }
}
