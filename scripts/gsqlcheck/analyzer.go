package main

import (
	"fmt"

	googlesql "github.com/goccy/go-googlesql"
)

// Analyzer is GoogleSQL's front end with all that BigQuery knows of the language switched on.
type Analyzer struct {
	language *googlesql.LanguageOptions
	options  *googlesql.AnalyzerOptions
	types    *googlesql.TypeFactory
	// The catalogues that were made, by their tables. A table is freed with the Go value that holds it, though a catalogue
	// still points at it; so all are kept.
	catalogs map[string]*googlesql.SimpleCatalog
	kept     []any
}

func openAnalyzer() (*Analyzer, error) {
	if err := googlesql.Init(); err != nil {
		return nil, err
	}
	language, err := googlesql.NewLanguageOptions()
	if err != nil {
		return nil, err
	}
	types, err := googlesql.NewTypeFactory()
	if err != nil {
		return nil, err
	}
	options, err := googlesql.NewAnalyzerOptions2()
	if err != nil {
		return nil, err
	}
	for _, set := range []func() error{
		language.EnableMaximumLanguageFeatures,
		language.SetSupportsAllStatementKinds,
		func() error { return language.SetProductMode(googlesql.ProductModeProductExternal) },
		func() error { return language.EnableReservableKeyword("QUALIFY", true) },
		func() error { return options.SetLanguage(language) },
	} {
		if err := set(); err != nil {
			return nil, err
		}
	}
	return &Analyzer{language: language, options: options, types: types, catalogs: map[string]*googlesql.SimpleCatalog{}}, nil
}

func (a *Analyzer) answer(question Question) (answer Answer) {
	// The front end is compiled from C++; what aborts there is a panic here, and says so of one statement only.
	defer func() {
		if reason := recover(); reason != nil {
			answer = Answer{Error: fmt.Sprint("the analyzer gave up: ", reason)}
		}
	}()
	if question.Script {
		return refusal(a.parse(question.SQL))
	}
	catalog, err := a.findCatalog(question.Tables)
	if err != nil {
		return refusal(err)
	}
	columns, err := a.columns(question.SQL, catalog)
	if err != nil {
		return refusal(err)
	}
	answer.Valid = true
	for _, column := range columns {
		answer.Columns = append(answer.Columns, [2]string{column.name, typeName(column.of)})
	}
	return answer
}

func refusal(err error) Answer {
	if err == nil {
		return Answer{Valid: true}
	}
	return Answer{Error: err.Error()}
}

func (a *Analyzer) parse(script string) error {
	options, err := googlesql.NewParserOptions()
	if err != nil {
		return err
	}
	_, err = googlesql.ParseScript(script, options, nil)
	return err
}

// Column is one of those that a statement gives.
type Column struct {
	name string
	of   googlesql.Googlesql_TypeNode
}

func (a *Analyzer) columns(sql string, catalog *googlesql.SimpleCatalog) ([]Column, error) {
	output, err := googlesql.AnalyzeStatement(sql, a.options, catalog, a.types)
	if err != nil {
		return nil, err
	}
	statement, err := output.ResolvedStatement()
	if err != nil {
		return nil, err
	}
	giving, ok := statement.(interface {
		OutputColumnListSize() (int32, error)
		OutputColumnList2(index int32) (*googlesql.ResolvedOutputColumn, error)
	})
	if !ok {
		return nil, nil
	}
	size, err := giving.OutputColumnListSize()
	if err != nil {
		return nil, err
	}
	columns := make([]Column, 0, size)
	for index := range size {
		column, err := readColumn(giving.OutputColumnList2(index))
		if err != nil {
			return nil, err
		}
		columns = append(columns, column)
	}
	return columns, nil
}

func readColumn(output *googlesql.ResolvedOutputColumn, err error) (Column, error) {
	if err != nil {
		return Column{}, err
	}
	name, err := output.Name()
	if err != nil {
		return Column{}, err
	}
	column, err := output.Column()
	if err != nil {
		return Column{}, err
	}
	of, err := column.Type()
	return Column{name, of}, err
}

func typeName(of googlesql.Googlesql_TypeNode) string {
	named, ok := of.(interface {
		TypeName(mode googlesql.ProductMode) (string, error)
	})
	if !ok {
		return "?"
	}
	name, err := named.TypeName(googlesql.ProductModeProductExternal)
	if err != nil {
		return "?"
	}
	return name
}
