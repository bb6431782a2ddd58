import { Address, Basis, Bounce, Command, Delivery, Party, Reason, Remedy } from './lists';

export * from './lists';

/** What is known about a reply. */
export interface Hints {
  /** Slug of the provider that gave it, such as `google`. */
  provider?: string;
  /** Name of the MX host that gave it. */
  mx?: string;
  /** The recipient's address or domain. */
  recipient?: string;
  /** The SMTP command that it answers, such as `RCPT`. */
  command?: Command;
}

/** What we make of one reply. */
export interface Diagnosis {
  code: number | null;
  enhanced: string | null;
  provider: string | null;
  variant: string | null;
  /** Why the message was refused; `unknown` where that was not recognised. */
  reason: Reason;
  /** How sure that is, 0 to 100. */
  confidence: number;
  bounce: Bounce;
  /** Who must act. */
  party: Party;
  /** What to do with this message. */
  delivery: Delivery;
  /** What to do with the address. */
  address: Address;
  /** Steps towards mending the cause, first things first. */
  remedies: Remedy[];
  basis: Basis;
  /** What happened, in one sentence. */
  summary: string;
  /** What the sender does; empty where that is no more than the remedies say. */
  fix: string;
  retryAfterS: number | null;
  blocklist: string | null;
  url: string | null;
  tag: string | null;
  classMismatch: boolean;
  sources: string[];
}

/** Diagnoses one reply, given as text or as bytes. Never throws over what it holds. */
export function diagnose(reply: string | Uint8Array, hints?: Hints): Diagnosis;
/** The diagnosis as one line of JSON, as every other language gives it; `id` is JSON already. */
export function diagnoseJson(reply: string | Uint8Array, hints?: Hints, id?: string): string;
/** Version of the library. */
export function version(): string;
/** Version of the catalogue in the library. */
export function catalogueVersion(): string;
/** Date of the catalogue in the library. */
export function catalogueDate(): string;
