package io.cordon.alerts;

import java.util.List;

/** A valid body of every shape that the intake reads; all invented. */
final class Bodies {
  private static final String ARC = "/subscriptions/44444444-4444-4444-8444-444444444444/resourceGroups/rg/providers/Microsoft.HybridCompute/machines/pacs";
  private static final String MDE = "4f22ab5dc4be96566ee3c9adb3b77280dc08bfdb";
  private static final String ENTITIES =
      """
      [{\\"$id\\":\\"2\\",\\"ProcessId\\":\\"7548\\",\\"CommandLine\\":\\"sh -c id\\",\\"ImageFile\\":{\\"$id\\":\\"3\\",\\"Name\\":\\"dash\\",\\"FileHashes\\":\
      [{\\"$id\\":\\"4\\",\\"Value\\":\\"ab\\",\\"Type\\":\\"filehash\\"}],\\"Type\\":\\"file\\"},\\"ParentProcess\\":{\\"$id\\":\\"5\\",\\"ProcessId\\":\\"0x10\\",\
      \\"Host\\":{\\"$ref\\":\\"6\\"},\\"Type\\":\\"process\\"},\\"Type\\":\\"process\\"},{\\"$ref\\":\\"5\\"},{\\"$id\\":\\"6\\",\\"HostName\\":\\"fhir\\",\
      \\"MdatpDeviceId\\":\\"%s\\",\\"Type\\":\\"host\\"}]""".formatted(MDE);

  static final String ROW =
      """
      {"TimeGenerated":"2026-11-24T09:20:01Z","SystemAlertId":"6092461b-0000-4bae-87c8-dd1e29b8f83a","AlertName":"Suspicious shell",
       "AlertSeverity":"High","ProviderName":"MDATP","VendorOriginalId":"3cb12a2f-33e5-42ea-9238-be9ffbc212e2_1","ResourceId":"",
       "Status":"New","Tactics":"Execution, Persistence","ExtendedProperties":"","IsIncident":false,"Entities":"%s"}""".formatted(ENTITIES);
  static final String CLOUD_ROW =
      """
      {"SystemAlertId":"7092461b-0000-4bae-87c8-dd1e29b8f83a","AlertSeverity":"Medium","ProviderName":"Azure Security Center","ResourceId":"%s",
       "VendorOriginalId":"2518_7092461b-0000-4bae-87c8-dd1e29b8f83a","Entities":"[{\\"$id\\":\\"2\\",\\"AzureID\\":\\"%s\\",\\"Type\\":\\"host\\"}]"}"""
          .formatted(ARC.toUpperCase(), ARC);
  static final String TRIGGER =
      """
      {"SystemAlertId":"8092461b-0000-4bae-87c8-dd1e29b8f83a","AlertDisplayName":"Rule","Severity":"Low","Tactics":["Discovery"],
       "WorkspaceId":"w","ExtendedProperties":{"Custom":"1"},"Entities":[{"$id":"2","MdatpDeviceId":"%s","Type":"host"}]}""".formatted(MDE);
  static final String TABLE =
      """
      {"tables":[{"name":"PrimaryResult","columns":[{"name":"SystemAlertId","type":"string"},{"name":"AlertSeverity","type":"string"},
       {"name":"ConfidenceScore","type":"real"},{"name":"Entities","type":"string"}],
       "rows":[["9092461b-0000-4bae-87c8-dd1e29b8f83a","Low",0.5,"%s"],["a092461b-0000-4bae-87c8-dd1e29b8f83a","High",null,""]]}]}""".formatted(ENTITIES);
  static final String INCIDENT =
      """
      {"objectSchemaType":"Incident","object":{"name":"c092461b-0000-4bae-87c8-dd1e29b8f83a","properties":{"severity":"High","status":"New",
       "incidentNumber":3177,"additionalData":{"alertsCount":2,"tactics":["Execution"]},
       "alerts":[{"name":"d092461b-0000-4bae-87c8-dd1e29b8f83a","kind":"SecurityAlert","properties":{"systemAlertId":"d092461b-0000-4bae-87c8-dd1e29b8f83a",
         "severity":"High","productName":"Azure Security Center","tactics":["Impact"]}},{"name":"e092461b-0000-4bae-87c8-dd1e29b8f83a"}],
       "relatedEntities":[{"kind":"Host","properties":{"hostName":"fhir","azureID":"%s","additionalData":{"MdatpDeviceId":"%s"}}},
         {"kind":"Process","properties":{"processId":"0x1640"}}]}}}""".formatted(ARC, MDE);
  static final String GRAPH =
      """
      {"id":"da637551227677560813_-961444813","providerAlertId":"637551227677560813_-961444813","severity":"low","status":"new",
       "classification":"unknown","serviceSource":"microsoftDefenderForEndpoint","category":"Execution","mitreTechniques":["T1059.004"],
       "evidence":[{"@odata.type":"#microsoft.graph.security.deviceEvidence","mdeDeviceId":"%1$s","vmMetadata":{"resourceId":"%2$s"},"rbacGroupId":75},
        {"@odata.type":"#microsoft.graph.security.processEvidence","processId":4780,"mdeDeviceId":"%1$s"},
        {"@odata.type":"#microsoft.graph.security.azureResourceEvidence","resourceId":"%2$s"}]}""".formatted(MDE, ARC);
  static final String ARRAY = "[" + ROW + "," + CLOUD_ROW + "]";
  static final String PAGE = "{\"@odata.context\":\"x\",\"value\":[" + GRAPH + "," + GRAPH.replace("961444813", "961444814") + "]}";
  static final String LINES = ROW.replace("\n", "") + "\n" + GRAPH.replace("\n", "") + "\n" + TRIGGER.replace("\n", "") + "\n";

  /** All of them. */
  static final List<String> ALL = List.of(ROW, CLOUD_ROW, TRIGGER, TABLE, INCIDENT, GRAPH, ARRAY, PAGE, LINES);

  private Bodies() {}
}
