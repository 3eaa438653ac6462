package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	googlesql "github.com/goccy/go-googlesql"
)

func (a *Analyzer) findCatalog(tables map[string][][2]string) (*googlesql.SimpleCatalog, error) {
	key, err := json.Marshal(tables)
	if err != nil {
		return nil, err
	}
	if known, ok := a.catalogs[string(key)]; ok {
		return known, nil
	}
	catalog, err := a.catalog(tables)
	if err == nil {
		a.catalogs[string(key)] = catalog
	}
	return catalog, err
}

// catalog knows the builtin functions and the tables, each by every spelling that BigQuery takes:
// `p.d.t`, p.d.t, `p`.`d.t`, `p.d`.t, d.t.
func (a *Analyzer) catalog(tables map[string][][2]string) (*googlesql.SimpleCatalog, error) {
	root, err := a.emptyCatalog("root")
	if err != nil {
		return nil, err
	}
	folders := map[string]*googlesql.SimpleCatalog{"": root}
	there := map[string]bool{}
	for _, name := range slices.Sorted(maps.Keys(tables)) {
		columns := tables[name]
		table, err := a.table(name, columns, root)
		if err != nil {
			return nil, fmt.Errorf("table %s: %w", name, err)
		}
		for _, path := range spellings(name) {
			// Another table may have been told by this spelling; the front end aborts where a name stands twice.
			key := strings.ToLower(strings.Join(path, "\x00"))
			if there[key] {
				continue
			}
			there[key] = true
			folder, err := findFolder(folders, path[:len(path)-1])
			if err != nil {
				return nil, err
			}
			a.kept = append(a.kept, folder)
			if err := folder.AddTable2(path[len(path)-1], table); err != nil {
				return nil, err
			}
		}
	}
	return root, nil
}

func (a *Analyzer) emptyCatalog(name string) (*googlesql.SimpleCatalog, error) {
	catalog, err := googlesql.NewSimpleCatalog(name, nil)
	if err != nil {
		return nil, err
	}
	return catalog, catalog.AddBuiltinFunctionsAndTypes(&googlesql.BuiltinFunctionOptions{LanguageOptions: a.language})
}

// table finds its columns' types by asking for a null of each, which takes every type's name there is.
func (a *Analyzer) table(name string, columns [][2]string, root *googlesql.SimpleCatalog) (*googlesql.SimpleTable, error) {
	nulls := make([]string, 0, len(columns))
	for _, column := range columns {
		nulls = append(nulls, fmt.Sprintf("cast(null as %s) as `%s`", column[1], column[0]))
	}
	typed, err := a.columns("select "+strings.Join(nulls, ", "), root)
	if err != nil {
		return nil, err
	}
	table, err := googlesql.NewSimpleTable(name, 0)
	if err != nil {
		return nil, err
	}
	a.kept = append(a.kept, table)
	for _, column := range typed {
		own, err := googlesql.NewSimpleColumn(name, column.name, column.of, false, true)
		if err != nil {
			return nil, err
		}
		a.kept = append(a.kept, own)
		if err := table.AddColumn2(own, false); err != nil {
			return nil, err
		}
	}
	return table, nil
}

func spellings(name string) [][]string {
	parts := strings.SplitN(name, ".", 3)
	paths := [][]string{{name}}
	if len(parts) > 1 {
		paths = append(paths, parts)
	}
	// A view of INFORMATION_SCHEMA has a name of two parts in its dataset.
	if all := strings.Split(name, "."); len(all) > len(parts) {
		paths = append(paths, all)
	}
	if len(parts) == 3 {
		inDataset := parts[1] + "." + parts[2]
		inProject := parts[0] + "." + parts[1]
		paths = append(paths, []string{parts[0], inDataset}, []string{inProject, parts[2]}, []string{inDataset}, parts[1:])
	}
	return paths
}

func findFolder(folders map[string]*googlesql.SimpleCatalog, path []string) (*googlesql.SimpleCatalog, error) {
	key := strings.Join(path, "\x00")
	if folder, ok := folders[key]; ok {
		return folder, nil
	}
	parent, err := findFolder(folders, path[:len(path)-1])
	if err != nil {
		return nil, err
	}
	name := path[len(path)-1]
	folder, err := googlesql.NewSimpleCatalog(name, nil)
	if err != nil {
		return nil, err
	}
	folders[key] = folder
	return folder, parent.AddCatalog2(name, folder)
}
