package io.cordon;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts Cordon: the playbook runtime, its console and its API, on one PostgreSQL database. */
@SpringBootApplication
public class Cordon {
  public static void main(String[] args) {
    SpringApplication.run(Cordon.class, args);
  }
}
