#!/usr/bin/env bash
# Writes ../fixtures/serializers-LINE.ndjson with real Flink: make.sh LINE CLASSPATH
# LINE is 1.20 or 2.3 with the jars of that release, or 1.20-scala with flink-scala, scala-library and scala-reflect, too.
set -euo pipefail
cd "$(dirname "$0")"
line="$1" classpath="$2" classes="$(mktemp -d)"
case "$line" in
  *-scala) group=ScalaFixtures ;;
  2.*) group=Flink2Fixtures ;;
  *) group=SerializerFixtures ;;
esac
javac -nowarn -d "$classes" -cp "$classpath" SerializerFixtures.java "$group.java"
java --add-opens java.base/java.util=ALL-UNNAMED --add-opens java.base/java.lang=ALL-UNNAMED \
  -cp "$classes:$classpath" SerializerFixtures "../fixtures/serializers-$line.ndjson" "$group"
rm -r "$classes"
