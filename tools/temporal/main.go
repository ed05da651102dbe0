// Temporal for development and tests: one process with the server (SQLite file or memory) and its UI.
//
// It understands the words of the official command line that this project uses (`server start-dev …`,
// `--version`), so that the same arguments start either of them.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"

	uiversion "github.com/temporalio/ui-server/v2/server/version"
	"go.temporal.io/server/common/headers"
)

// options are what the command line says.
type options struct {
	address          string
	port             int
	uiPort           int
	headless         bool
	databaseFile     string
	logLevel         string
	namespaces       words
	searchAttributes words
	dynamicConfig    words
}

// words collects a flag that may be given several times.
type words []string

func (w *words) String() string     { return strings.Join(*w, ",") }
func (w *words) Set(s string) error { *w = append(*w, s); return nil }

func main() {
	args := os.Args[1:]
	if len(args) == 1 && args[0] == "--version" {
		fmt.Printf("temporal version gewerk (Server %s, UI %s)\n", headers.ServerVersion, uiversion.UIVersion)
		return
	}
	if len(args) >= 2 && args[0] == "server" && args[1] == "start-dev" {
		args = args[2:]
	}
	if err := run(args); err != nil {
		fmt.Fprintf(os.Stderr, "temporal: %v\n", err)
		os.Exit(1)
	}
}

func parse(args []string) (options, error) {
	var o options
	flags := flag.NewFlagSet("server start-dev", flag.ContinueOnError)
	flags.StringVar(&o.address, "ip", "127.0.0.1", "address to listen on (loopback only)")
	flags.IntVar(&o.port, "port", 7233, "port of the frontend")
	flags.IntVar(&o.uiPort, "ui-port", 0, "port of the UI (default: port + 1000)")
	flags.BoolVar(&o.headless, "headless", false, "without the UI")
	flags.StringVar(&o.databaseFile, "db-filename", "", "SQLite file (default: in memory)")
	flags.StringVar(&o.logLevel, "log-level", "warn", "debug, info, warn or error")
	flags.Var(&o.namespaces, "namespace", "namespace to create besides default (may be repeated)")
	flags.Var(&o.searchAttributes, "search-attribute", "Name=Type for every namespace named here (may be repeated)")
	flags.Var(&o.dynamicConfig, "dynamic-config-value", "key=JSON value (may be repeated)")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	if o.address != "127.0.0.1" && o.address != "localhost" && o.address != "::1" {
		return o, fmt.Errorf("it has no sign-in, so it listens on the loopback address only, not on %s", o.address)
	}
	if o.uiPort == 0 {
		o.uiPort = o.port + 1000
	}
	return o, nil
}

func run(args []string) error {
	o, err := parse(args)
	if err != nil {
		return err
	}
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, os.Interrupt, syscall.SIGTERM)

	server, err := newServer(o)
	if err != nil {
		return err
	}
	if err := server.Start(); err != nil {
		return fmt.Errorf("the server did not start: %w", err)
	}
	defer func() { _ = server.Stop() }()
	if err := addMissingSearchAttributes(o); err != nil {
		return err
	}

	failed := make(chan error, 1)
	if !o.headless {
		ui := newUI(o)
		defer ui.Stop()
		go func() { failed <- ui.Start() }()
	}
	fmt.Printf("temporal ready on %s:%d\n", o.address, o.port)
	select {
	case <-stop:
		return nil
	case err := <-failed:
		return fmt.Errorf("the UI stopped: %w", err)
	}
}
