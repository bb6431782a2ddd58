// One page of each kind: what is looked at, in the browser and by axe.
export const KINDS = {
  home: "", paste: "paste/", codes: "codes/", basic: "550/", "no code of SMTP": "200/", enhanced: "5.7.26/", pair: "550/5.7.1/",
  families: "families/", family: "x.7.x/", digits: "digits/", pairs: "pairs/", reasons: "reasons/", reason: "reasons/mailbox-full/",
  actions: "actions/", action: "actions/fix-dkim/", terms: "terms/", providers: "p/", provider: "p/google/", variant: "p/google/over-quota/",
  blocklists: "blocklists/", blocklist: "blocklists/spamhaus-zen/", platforms: "platforms/", platform: "platforms/sendgrid/", portals: "portals/",
  session: "session/", step: "session/rcpt/", guides: "guides/", guide: "guides/fix-dkim/", claims: "claims/", claim: "claims/suppress-on-550/",
  sources: "sources/", source: "sources/rfc5321/", wording: "wording/", phrase: "wording/mailbox-is-full/", words: "words/", concept: "words/recipient/",
  wrappers: "wrappers/", decide: "decide/", schedules: "schedules/", schedule: "schedules/transient/", recurrence: "recurrence/",
  about: "about/", developers: "developers/", changes: "changes/", "not found": "404.html",
};
