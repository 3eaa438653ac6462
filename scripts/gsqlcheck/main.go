// Command gsqlcheck tells what GoogleSQL's own analyzer says of statements: whether each is valid, and the names and types of
// the columns that it gives. It reads one question a line as JSON, and writes one answer a line, in the same order:
//
//	{"sql": "select …", "tables": {"project.dataset.table": [["column", "TYPE"], …]}}
//	{"valid": true, "columns": [["column", "TYPE"], …]}   or   {"valid": false, "error": "Unrecognized name: x [at 1:8]"}
//
// The tables of a question are those of that question alone. A question with "script": true is parsed only, for what a
// statement of a script means hangs on those before it.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
)

// Question is one statement and the tables that it may name.
type Question struct {
	SQL    string                 `json:"sql"`
	Script bool                   `json:"script"`
	Tables map[string][][2]string `json:"tables"`
}

// Answer is what the analyzer says; columns are those that a query, or the query of a CREATE statement, gives.
type Answer struct {
	Valid   bool        `json:"valid"`
	Columns [][2]string `json:"columns,omitempty"`
	Error   string      `json:"error,omitempty"`
}

func main() {
	if err := answerAll(); err != nil {
		fmt.Fprintln(os.Stderr, "gsqlcheck:", err)
		os.Exit(2)
	}
}

func answerAll() error {
	analyzer, err := openAnalyzer()
	if err != nil {
		return err
	}
	lines := bufio.NewScanner(os.Stdin)
	const longest = 64 << 20
	lines.Buffer(make([]byte, 1<<20), longest)
	answers := json.NewEncoder(os.Stdout)
	answers.SetEscapeHTML(false)
	for lines.Scan() {
		var question Question
		if err := json.Unmarshal(lines.Bytes(), &question); err != nil {
			return err
		}
		if err := answers.Encode(analyzer.answer(question)); err != nil {
			return err
		}
	}
	return lines.Err()
}
