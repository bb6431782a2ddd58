<?php

// Says what a reply means.

declare(strict_types=1);

use SmtpCodes\Address;
use SmtpCodes\SmtpCodes;

require __DIR__ . '/src/SmtpCodes.php';

$diagnosis = SmtpCodes::diagnose($argv[1] ?? '550 5.1.1 User unknown');
echo "$diagnosis->reason: $diagnosis->summary\n";
if ($diagnosis->address === Address::Suppress->value) {
    echo "Stop mailing this address.\n";
}
