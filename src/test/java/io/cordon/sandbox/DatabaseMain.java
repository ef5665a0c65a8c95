package io.cordon.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A database in a JVM of its own: keeps one row, says so, and waits to be killed. */
public final class DatabaseMain {
  private DatabaseMain() {}

  public static void main(String[] arguments) throws IOException, SQLException {
    ChildMain.endWithTheParent();
    LocalDatabase database = LocalDatabase.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
    try (var connection = DriverManager.getConnection(database.url(), "postgres", "postgres"); var statement = connection.createStatement()) {
      statement.execute("create table kept (word text)");
      statement.execute("insert into kept values ('still here')");
    }
    System.out.println("kept");
    System.in.read();
  }
}
