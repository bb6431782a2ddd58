# Builds and runs the conformance adapter of Java.
set -e
jna=${JNA_JAR:-/usr/share/java/jna.jar}
javac -Xlint:all -Werror --release 11 -d "$SMTP_CODES_BUILD" -cp "$jna" src/smtpcodes/*.java Conformance.java
exec java -Dsmtp_codes.library="$SMTP_CODES_LIBRARY" -cp "$SMTP_CODES_BUILD:$jna" Conformance "$@"
