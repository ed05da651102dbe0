package main

import (
	"encoding/json"
	"fmt"
	"math/rand"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/server/common/authorization"
	"go.temporal.io/server/common/cluster"
	"go.temporal.io/server/common/config"
	"go.temporal.io/server/common/dynamicconfig"
	"go.temporal.io/server/common/log"
	"go.temporal.io/server/common/membership/static"
	sqliteplugin "go.temporal.io/server/common/persistence/sql/sqlplugin/sqlite"
	"go.temporal.io/server/common/primitives"
	"go.temporal.io/server/schema/sqlite"
	"go.temporal.io/server/temporal"
	"google.golang.org/protobuf/types/known/durationpb"
)

const (
	clusterName = "active"
	// A closed process stays visible as long as in production.
	retention = 30 * 24 * time.Hour
)

var services = []primitives.ServiceName{
	primitives.FrontendService, primitives.HistoryService, primitives.MatchingService, primitives.WorkerService,
}

// newServer prepares all services of one server in this process.
func newServer(o options) (temporal.Server, error) {
	database, err := openDatabase(o)
	if err != nil {
		return nil, err
	}
	if err := createNamespaces(o, database); err != nil {
		return nil, err
	}
	values, err := dynamicValues(o)
	if err != nil {
		return nil, err
	}
	ports, err := servicePorts(o)
	if err != nil {
		return nil, err
	}
	logger := log.NewZapLogger(log.BuildZapLogger(log.Config{Stdout: true, Level: o.logLevel, Format: "json"}))
	hosts := map[primitives.ServiceName]static.Hosts{}
	for _, name := range services {
		hosts[name] = static.SingleLocalHost(fmt.Sprintf("%s:%d", o.address, ports[name]))
	}
	return temporal.NewServer(
		temporal.WithConfig(serverConfig(o, database, ports)),
		temporal.ForServices(temporal.DefaultServices),
		temporal.WithStaticHosts(hosts),
		temporal.WithLogger(logger),
		temporal.WithDynamicConfigClient(values),
		temporal.WithAuthorizer(authorization.NewNoopAuthorizer()),
		temporal.WithClaimMapper(func(*config.Config) authorization.ClaimMapper {
			return authorization.NewNoopClaimMapper()
		}),
	)
}

func serverConfig(o options, database *config.SQL, ports map[primitives.ServiceName]int) *config.Config {
	frontend := fmt.Sprintf("%s:%d", o.address, o.port)
	parts := map[string]config.Service{}
	for name, port := range ports {
		parts[string(name)] = config.Service{RPC: config.RPC{GRPCPort: port, BindOnIP: o.address}}
	}
	return &config.Config{
		Services: parts,
		Persistence: config.Persistence{
			DefaultStore:     sqliteplugin.PluginName,
			VisibilityStore:  sqliteplugin.PluginName,
			NumHistoryShards: 1,
			DataStores:       map[string]config.DataStore{sqliteplugin.PluginName: {SQL: database}},
		},
		ClusterMetadata: &cluster.Config{
			FailoverVersionIncrement: 10,
			MasterClusterName:        clusterName,
			CurrentClusterName:       clusterName,
			ClusterInformation: map[string]cluster.ClusterInformation{
				clusterName: {Enabled: true, InitialFailoverVersion: 1, RPCAddress: frontend},
			},
		},
		DCRedirectionPolicy: config.DCRedirectionPolicy{Policy: "noop"},
		PublicClient:        config.PublicClient{HostPort: frontend},
		Archival: config.Archival{
			History:    config.HistoryArchival{State: "disabled"},
			Visibility: config.VisibilityArchival{State: "disabled"},
		},
		NamespaceDefaults: config.NamespaceDefaults{Archival: config.ArchivalNamespaceDefaults{
			History:    config.HistoryArchivalNamespaceDefaults{State: "disabled"},
			Visibility: config.VisibilityArchivalNamespaceDefaults{State: "disabled"},
		}},
	}
}

// openDatabase says where the data lies and lays down the tables of a new file.
func openDatabase(o options) (*config.SQL, error) {
	if o.databaseFile == "" {
		return &config.SQL{
			PluginName:        sqliteplugin.PluginName,
			DatabaseName:      fmt.Sprintf("memory-%d", rand.Int63()),
			ConnectAttributes: map[string]string{"mode": "memory", "cache": "shared"},
		}, nil
	}
	file, err := filepath.Abs(o.databaseFile)
	if err != nil {
		return nil, err
	}
	database := &config.SQL{
		PluginName:   sqliteplugin.PluginName,
		DatabaseName: file,
		// The write-ahead log survives a killed process, at a fraction of the price of a full sync.
		ConnectAttributes: map[string]string{"mode": "rwc", "journal_mode": "wal", "synchronous": "1", "busy_timeout": "10000"},
	}
	if _, err := os.Stat(file); err == nil {
		return database, nil
	}
	// Laid down under another name, so that a killed first start leaves no half-made file behind.
	draft := *database
	draft.DatabaseName = file + ".new"
	draft.ConnectAttributes = map[string]string{"mode": "rwc"}
	_ = os.Remove(draft.DatabaseName)
	if err := sqlite.SetupSchema(&draft); err != nil {
		return nil, fmt.Errorf("the database file could not be made: %w", err)
	}
	return database, os.Rename(draft.DatabaseName, file)
}

func createNamespaces(o options, database *config.SQL) error {
	types, err := attributeTypes(o)
	if err != nil {
		return err
	}
	var wanted []*sqlite.NamespaceConfig
	for _, name := range namespaceNames(o) {
		namespace, err := sqlite.NewNamespaceConfig(clusterName, name, false, types)
		if err != nil {
			return err
		}
		namespace.Detail.Config.Retention = durationpb.New(retention)
		wanted = append(wanted, namespace)
	}
	return sqlite.CreateNamespaces(database, wanted...)
}

func namespaceNames(o options) []string {
	names := []string{"default"}
	for _, name := range o.namespaces {
		if name != "default" {
			names = append(names, name)
		}
	}
	return names
}

func attributeTypes(o options) (map[string]enumspb.IndexedValueType, error) {
	types := map[string]enumspb.IndexedValueType{}
	for _, text := range o.searchAttributes {
		name, kind, ok := strings.Cut(text, "=")
		value, err := enumspb.IndexedValueTypeFromString(kind)
		if !ok || err != nil {
			return nil, fmt.Errorf("--search-attribute %s: write Name=Keyword, Text, Int, Double, Bool, Datetime or KeywordList", text)
		}
		types[name] = value
	}
	return types, nil
}

func dynamicValues(o options) (dynamicconfig.StaticClient, error) {
	values := dynamicconfig.StaticClient{}
	for _, text := range o.dynamicConfig {
		key, raw, ok := strings.Cut(text, "=")
		var value any
		if !ok || json.Unmarshal([]byte(raw), &value) != nil {
			return nil, fmt.Errorf("--dynamic-config-value %s: write key=JSON value", text)
		}
		if number, isNumber := value.(float64); isNumber && number == float64(int(number)) {
			value = int(number)
		}
		values[dynamicconfig.MakeKey(key)] = value
	}
	return values, nil
}

// servicePorts gives the frontend its port and the inner services free ones.
func servicePorts(o options) (map[primitives.ServiceName]int, error) {
	ports := map[primitives.ServiceName]int{primitives.FrontendService: o.port}
	for _, name := range services[1:] {
		listener, err := net.Listen("tcp", net.JoinHostPort(o.address, "0"))
		if err != nil {
			return nil, err
		}
		defer func() { _ = listener.Close() }()
		ports[name] = listener.Addr().(*net.TCPAddr).Port
	}
	return ports, nil
}
