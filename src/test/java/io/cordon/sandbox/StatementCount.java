package io.cordon.sandbox;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Counts the statements that answering somebody over HTTP takes; what Cordon does by itself meanwhile does not count. */
final class StatementCount implements BeanPostProcessor {
  private final AtomicInteger count = new AtomicInteger();

  /** How many since this was asked last. */
  int takeAll() {
    return count.getAndSet(0);
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    return bean instanceof DataSource source && "dataSource".equals(name) ? new Counted(source) : bean;
  }

  private final class Counted extends DelegatingDataSource {
    private Counted(DataSource source) {
      super(source);
    }

    @Override
    public Connection getConnection() throws SQLException {
      Connection connection = super.getConnection();
      return (Connection) Proxy.newProxyInstance(Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
        if (method.getName().startsWith("prepare") && Thread.currentThread().getName().startsWith("http-nio")) {
          count.incrementAndGet();
        }
        try {
          return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
          throw e.getCause();
        }
      });
    }
  }
}
