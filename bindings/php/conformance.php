<?php

// The conformance adapter of PHP: see xtask/src/conformance.

declare(strict_types=1);

use SmtpCodes\SmtpCodes;

require __DIR__ . '/src/SmtpCodes.php';

while (($line = fgets(STDIN)) !== false) {
    $vector = json_decode($line, true, flags: JSON_THROW_ON_ERROR);
    $reply = base64_decode($vector['reply_b64'], true);
    $hints = [$vector['provider'] ?? null, $vector['mx'] ?? null, $vector['recipient'] ?? null, $vector['command'] ?? null];
    if ($argv[1] === 'json') {
        echo SmtpCodes::diagnoseJson($reply, ...[...$hints, (string) $vector['n']]), "\n";
        continue;
    }
    $fields = get_object_vars(SmtpCodes::diagnose($reply, ...$hints));
    $fields += ['retry_after_s' => $fields['retryAfterS'], 'class_mismatch' => $fields['classMismatch'], 'id' => $vector['n']];
    unset($fields['fix'], $fields['retryAfterS'], $fields['classMismatch']);
    echo json_encode($fields, JSON_THROW_ON_ERROR), "\n";
}
