# What people run. `make test` is everything CI runs.
MVN ?= mvn -B -ntp
LOCAL = $(MVN) -q test-compile spring-boot:test-run
JVM = -Xmx512m -Duser.timezone=UTC

.PHONY: run demo test bench-intake build clean

run: ## everything on one machine: database, simulated cloud, Cordon, one sample case
	$(LOCAL) -Dspring-boot.run.main-class=io.cordon.sandbox.SandboxMain -Dspring-boot.run.jvmArguments="$(JVM)"

demo: ## the main job once, headless; FAULT=refuse, reset or lost lets the isolation go wrong
	$(LOCAL) -Dspring-boot.run.main-class=io.cordon.sandbox.DemoMain -Dspring-boot.run.jvmArguments="$(JVM) -Ddemo.fault=$(FAULT)"

test: ## build and run every test
	@test -x /usr/bin/chromium || echo "Chromium is missing (/usr/bin/chromium): the browser tests are skipped. Debian: apt-get install chromium"
	$(MVN) verify

bench-intake: ## alerts a second, beside bare commits and bare engine starts of the same run
	$(LOCAL) -Dspring-boot.run.main-class=io.cordon.bench.IntakeBench -Dspring-boot.run.jvmArguments="$(JVM)"

build: ## the runnable jar, target/cordon.jar
	$(MVN) -DskipTests package

clean: ## forget what was built; data of make run stays in .data
	$(MVN) clean
