# What people run. `make test` is everything CI runs.
MVN ?= mvn -B -ntp
LOCAL = $(MVN) -q test-compile spring-boot:test-run
JVM = -Xmx512m -Duser.timezone=UTC

.PHONY: run demo test tools crash bench-intake bench-notify bench-act bench-evidence bench-console build clean

run: ## everything on one machine: database, simulated cloud, Cordon, one sample case
	$(LOCAL) -Dspring-boot.run.main-class=io.cordon.sandbox.SandboxMain -Dspring-boot.run.jvmArguments="$(JVM)"

demo: ## the main job once, headless; FAULT=refuse, reset, lost or mute lets the isolation go wrong
	$(LOCAL) -Dspring-boot.run.main-class=io.cordon.sandbox.DemoMain -Dspring-boot.run.jvmArguments="$(JVM)" -Dspring-boot.run.arguments="$(FAULT)"

test: tools ## build and run every test
	$(MVN) verify

tools: ## what some tests need besides: installed where that can be, else named; without it they are skipped
	@missing() { [ -x /usr/bin/chromium ] || echo chromium; command -v python3 >/dev/null || echo python3; [ -x /usr/bin/storescp ] || echo dcmtk; }; \
	if [ -n "$$(missing)" ] && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  { apt-get update -qq && apt-get install -y -qq --no-install-recommends $$(missing); } >/dev/null 2>&1 || true; fi; \
	[ -z "$$(missing)" ] || echo "Missing, so that the tests that need it are skipped:" $$(missing) "(Debian: apt-get install)"

crash: ## kill -9 at every named point 25 times, and at 50 random moments; EACH=1 and ROUNDS=5 for fewer, SEED for others
	$(MVN) -q -Dtest=CrashTest,CrashPointsTest -Dcordon.crash.each=$(or $(EACH),25) -Dcordon.crash.rounds=$(or $(ROUNDS),50) $(if $(SEED),-Dcordon.crash.seed=$(SEED)) test

bench-intake: ## alerts a second, beside bare commits and bare engine starts of the same run; FLUSH=2000 for a slower disk
	$(LOCAL) -Dspring-boot.run.main-class=io.cordon.bench.IntakeBench -Dspring-boot.run.jvmArguments="$(JVM)" -Dspring-boot.run.optimizedLaunch=false -Dspring-boot.run.arguments="$(FLUSH)"

bench-evidence: ## a million entries: append rate from start to end, proofs, both verifiers; ENTRIES=100000 for fewer
	$(LOCAL) -Dspring-boot.run.main-class=io.cordon.evidence.EvidenceBench -Dspring-boot.run.jvmArguments="$(JVM)" -Dspring-boot.run.optimizedLaunch=false -Dspring-boot.run.arguments="$(ENTRIES)"

bench-notify: ## from an alert accepted to Teams and PagerDuty called, at 20 alerts a second for a minute
	$(LOCAL) -Dspring-boot.run.main-class=io.cordon.sandbox.NotifyBench -Dspring-boot.run.jvmArguments="$(JVM)" -Dspring-boot.run.optimizedLaunch=false

bench-act: ## from an approval with the window open to Defender called, signed checkpoint included
	$(LOCAL) -Dspring-boot.run.main-class=io.cordon.sandbox.ActBench -Dspring-boot.run.jvmArguments="$(JVM)" -Dspring-boot.run.optimizedLaunch=false

bench-console: ## board, case page and history with 100,000 finished cases; CASES=10000 for fewer
	$(LOCAL) -Dspring-boot.run.main-class=io.cordon.sandbox.ConsoleBench -Dspring-boot.run.jvmArguments="$(JVM)" -Dspring-boot.run.optimizedLaunch=false -Dspring-boot.run.arguments="$(CASES)"

build: ## the runnable jar, target/cordon.jar
	$(MVN) -DskipTests package

clean: ## forget what was built; data of make run stays in .data
	$(MVN) clean
