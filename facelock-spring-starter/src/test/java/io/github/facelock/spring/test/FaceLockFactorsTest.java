package io.github.facelock.spring.test;

import static io.github.facelock.spring.test.FaceLockFactors.faceLockFactors;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.github.facelock.api.AssuranceLevel;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.admin.Role;
import java.security.Principal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authorization.AuthorizationManagerFactories;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** An application that asks for a face on one page and for an administrator on another. */
@SpringBootTest(
    properties = {
      "facelock.policy=plain",
      "facelock.policies.plain.steps[0].any-of=password",
      "facelock.policies.plain.steps[1].any-of=totp"
    })
@AutoConfigureMockMvc
class FaceLockFactorsTest {

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {

    @Bean
    SecurityFilterChain chain(HttpSecurity http) throws Exception {
      var face = AuthorizationManagerFactories.multiFactor().requireFactors("FACTOR_FACE").build();
      return http.authorizeHttpRequests(
              requests ->
                  requests
                      .requestMatchers("/vault")
                      .access(face.authenticated())
                      .requestMatchers("/admin")
                      .hasRole("ADMIN")
                      .anyRequest()
                      .authenticated())
          .build();
    }

    @RestController
    static class Pages {
      @GetMapping({"/name", "/vault", "/admin"})
      String name(Principal principal) {
        return principal.getName();
      }
    }
  }

  @Autowired MockMvc mvc;

  @Test
  void somebodyIsLoggedInByTheSubjectsName() throws Exception {
    mvc.perform(get("/name").with(faceLockFactors("anna", FactorType.PASSWORD)))
        .andExpect(status().isOk())
        .andExpect(content().string("anna"));
    mvc.perform(get("/name")).andExpect(status().isForbidden());
  }

  @Test
  void aPageThatAsksForAFaceOpensWithOne() throws Exception {
    mvc.perform(get("/vault").with(faceLockFactors("anna", FactorType.PASSWORD)))
        .andExpect(status().isForbidden());
    mvc.perform(get("/vault").with(faceLockFactors("anna", FactorType.PASSWORD, FactorType.FACE)))
        .andExpect(status().isOk());
  }

  @Test
  void rolesOpenWhatTheyOpen() throws Exception {
    FaceLockFactors login = faceLockFactors("olga", FactorType.PASSWORD, FactorType.FACE);
    mvc.perform(get("/admin").with(login)).andExpect(status().isForbidden());
    mvc.perform(get("/admin").with(login.roles(Role.ADMIN))).andExpect(status().isOk());
  }

  @Test
  void factorsHaveTheTimeThatTheTestSays() {
    Instant earlier = Instant.parse("2026-01-01T00:00:00Z");
    var authentication =
        faceLockFactors("anna", FactorType.PASSWORD, FactorType.FACE).at(earlier).authentication();
    assertThat(authentication.level()).isEqualTo(AssuranceLevel.AAL2);
    assertThat(authentication.getAuthorities())
        .filteredOn(FactorGrantedAuthority.class::isInstance)
        .allSatisfy(
            authority ->
                assertThat(((FactorGrantedAuthority) authority).getIssuedAt()).isEqualTo(earlier))
        .hasSize(2);
  }
}
