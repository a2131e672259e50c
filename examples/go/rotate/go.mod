module rotate

go 1.19

require samlcert v0.0.0

replace samlcert => ../../../go
