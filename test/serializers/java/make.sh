#!/usr/bin/env bash
# Writes ../fixtures/serializers-LINE.ndjson with real Flink: make.sh LINE CLASSPATH (1.20 or 2.3, the jars of that release).
set -euo pipefail
cd "$(dirname "$0")"
line="$1" classpath="$2" classes="$(mktemp -d)"
sources=(SerializerFixtures.java)
[[ "$line" == 2.* ]] && sources+=(Flink2Fixtures.java)
javac -nowarn -d "$classes" -cp "$classpath" "${sources[@]}"
java --add-opens java.base/java.util=ALL-UNNAMED --add-opens java.base/java.lang=ALL-UNNAMED \
  -cp "$classes:$classpath" SerializerFixtures "../fixtures/serializers-$line.ndjson"
rm -r "$classes"
