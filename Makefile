# What people run. `make test` is everything CI runs.
MVN ?= mvn -B -ntp

.PHONY: test build clean
test: ## build and run every test
	$(MVN) verify

build: ## the runnable jar, target/cordon.jar
	$(MVN) -DskipTests package

clean:
	$(MVN) clean

SANDBOX = $(MVN) -q test-compile spring-boot:test-run -Dspring-boot.run.jvmArguments="-Xmx512m -Duser.timezone=UTC"

.PHONY: run
run: ## everything on one machine: database, simulated cloud, Cordon, one sample case
	$(SANDBOX) -Dspring-boot.run.main-class=io.cordon.sandbox.SandboxMain

.PHONY: demo
demo: ## the main job once, headless; FAULT=refuse, reset or lost lets the isolation go wrong
	$(SANDBOX) -Dspring-boot.run.main-class=io.cordon.sandbox.DemoMain \
	  -Dspring-boot.run.jvmArguments="-Xmx512m -Duser.timezone=UTC -Ddemo.fault=$(FAULT)"
