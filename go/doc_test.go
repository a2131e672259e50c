package samlcert

import (
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"io/fs"
	"strings"
	"testing"
)

// Whatever is exported has a comment: types, functions, methods, constants, and fields where the name does not say it all.
func TestEverythingIsDocumented(t *testing.T) {
	isSource := func(file fs.FileInfo) bool { return !strings.HasSuffix(file.Name(), "_test.go") }
	packages := must(parser.ParseDir(token.NewFileSet(), ".", isSource, parser.ParseComments))
	all := doc.New(packages["samlcert"], "samlcert", doc.AllDecls)
	documented(t, "the package", all.Doc)
	functions := all.Funcs
	for _, of := range all.Types {
		if ast.IsExported(of.Name) {
			documented(t, of.Name, of.Doc)
		}
		functions = append(append(functions, of.Funcs...), of.Methods...)
		for _, values := range of.Consts {
			documented(t, values.Names[0], values.Doc)
		}
	}
	for _, function := range functions {
		if ast.IsExported(function.Name) {
			documented(t, function.Recv+"."+function.Name, function.Doc)
		}
	}
	if len(functions) < 150 {
		t.Errorf("only %d functions were found", len(functions))
	}
}

func documented(t *testing.T, name, comment string) {
	t.Helper()
	if comment == "" {
		t.Errorf("%s has no comment", name)
	}
}
