/** The address of the list of assets of one workspace. */
export function assetsIn(workspaceId: string): string {
  return `/assets?filter=${encodeURIComponent(JSON.stringify({ workspaceId }))}`;
}
