module github.com/smtp-codes/smtp-codes/bindings/go

go 1.18
