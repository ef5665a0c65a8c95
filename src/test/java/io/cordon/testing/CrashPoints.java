package io.cordon.testing;

import io.cordon.containment.mde.MdeClient;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Lets Cordon die at a {@link CrashPoint}, by watching its connections to the database and its calls to Defender. */
public final class CrashPoints implements BeanPostProcessor {
  /** What dies at a point in this JVM: passes every catch of what a running program could handle. */
  public static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }

  private CrashPoint armed;
  private Runnable death;

  /** The next to come there dies of this. */
  public synchronized void arm(CrashPoint point, Runnable how) {
    armed = point;
    death = how;
  }

  /** Takes it back; false when somebody died of it. */
  public synchronized boolean disarm() {
    boolean wasArmed = armed != null;
    armed = null;
    return wasArmed;
  }

  /** Somebody is about to call Defender, or has its answer. */
  public void atCall(String name, boolean after) {
    CrashPoint point = armed();
    if (point != null && point.isCall(name)) {
      at(point, after);
    }
  }

  private synchronized CrashPoint armed() {
    return armed;
  }

  private void at(CrashPoint point, boolean after) {
    if (point.isAfter() == after) {
      Runnable dies;
      synchronized (this) {
        dies = armed == point ? death : null;
        armed = dies == null ? armed : null;
      }
      if (dies != null) {
        dies.run();
      }
    }
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    if (bean instanceof DataSource source) {
      return new Watched(source);
    }
    // a played Defender says itself what it is asked
    return bean instanceof MdeClient mde && !(bean instanceof OutsideWorld) ? proxy(MdeClient.class, (self, method, arguments) -> called(mde, method, arguments)) : bean;
  }

  private Object called(MdeClient mde, Method method, Object[] arguments) throws Throwable {
    atCall(method.getName(), false);
    Object answer = invoke(mde, method, arguments);
    atCall(method.getName(), true);
    return answer;
  }

  private final class Watched extends DelegatingDataSource {
    Watched(DataSource source) {
      super(source);
    }

    @Override
    public Connection getConnection() throws SQLException {
      return proxy(Connection.class, new Transaction(super.getConnection()));
    }

    /** Whoever wants to know the pool, as the migrations do, gets the pool. */
    @Override
    public <T> T unwrap(Class<T> kind) throws SQLException {
      return getTargetDataSource().unwrap(kind);
    }
  }

  /** One connection: what the transaction under way writes. */
  private final class Transaction implements InvocationHandler {
    private final Connection connection;
    private CrashPoint written;

    Transaction(Connection connection) {
      this.connection = connection;
    }

    @Override
    public Object invoke(Object self, Method method, Object[] arguments) throws Throwable {
      return switch (method.getName()) {
        case "prepareStatement" -> statement(method, arguments);
        case "commit" -> around(() -> CrashPoints.invoke(connection, method, arguments));
        case "rollback", "close" -> {
          written = null;
          yield CrashPoints.invoke(connection, method, arguments);
        }
        default -> CrashPoints.invoke(connection, method, arguments);
      };
    }

    private Object statement(Method method, Object[] arguments) throws Throwable {
      Object statement = CrashPoints.invoke(connection, method, arguments);
      CrashPoint point = armed();
      if (point == null || !point.isStatement((String) arguments[0])) {
        return statement;
      }
      written = point;
      // outside a transaction each statement is one
      return connection.getAutoCommit()
          ? proxy(PreparedStatement.class, (self, called, with) ->
              called.getName().startsWith("execute") ? around(() -> CrashPoints.invoke(statement, called, with)) : CrashPoints.invoke(statement, called, with))
          : statement;
    }

    private Object around(Step step) throws Throwable {
      CrashPoint point = written;
      written = null;
      if (point != null) {
        at(point, false);
      }
      Object result = step.run();
      if (point != null) {
        at(point, true);
      }
      return result;
    }
  }

  private interface Step {
    Object run() throws Throwable;
  }

  private static <T> T proxy(Class<T> kind, InvocationHandler handler) {
    return kind.cast(Proxy.newProxyInstance(CrashPoints.class.getClassLoader(), new Class<?>[] {kind}, handler));
  }

  private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
