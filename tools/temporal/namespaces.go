package main

import (
	"context"
	"fmt"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/operatorservice/v1"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
)

// addMissingSearchAttributes waits until the server answers and gives namespaces of an older data file
// the search attributes that they lack.
func addMissingSearchAttributes(o options) error {
	types, err := attributeTypes(o)
	if err != nil || len(types) == 0 {
		return err
	}
	connection, err := grpc.NewClient(fmt.Sprintf("%s:%d", o.address, o.port), grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		return err
	}
	defer func() { _ = connection.Close() }()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	client := operatorservice.NewOperatorServiceClient(connection)
	for _, namespace := range namespaceNames(o) {
		if err := addTo(ctx, client, namespace, types); err != nil {
			return fmt.Errorf("search attributes of namespace %s: %w", namespace, err)
		}
	}
	return nil
}

func addTo(ctx context.Context, client operatorservice.OperatorServiceClient, namespace string, types map[string]enumspb.IndexedValueType) error {
	for {
		present, err := client.ListSearchAttributes(ctx, &operatorservice.ListSearchAttributesRequest{Namespace: namespace}, grpc.WaitForReady(true))
		if err == nil {
			missing := map[string]enumspb.IndexedValueType{}
			for name, kind := range types {
				if _, ok := present.CustomAttributes[name]; !ok {
					missing[name] = kind
				}
			}
			if len(missing) == 0 {
				return nil
			}
			_, err = client.AddSearchAttributes(ctx, &operatorservice.AddSearchAttributesRequest{Namespace: namespace, SearchAttributes: missing})
		}
		select {
		case <-ctx.Done():
			if err == nil {
				err = ctx.Err()
			}
			return err
		case <-time.After(100 * time.Millisecond):
		}
	}
}
