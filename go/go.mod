module samlcert

go 1.19
