# What people run. `make test` is everything CI runs.
MVN ?= mvn -B -ntp

.PHONY: test build clean
test: ## build and run every test
	$(MVN) verify

build: ## the runnable jar, target/cordon.jar
	$(MVN) -DskipTests package

clean:
	$(MVN) clean
