using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.Programmes;

namespace Scoring.Rules;

/// <summary>An impact assessment as a document: <c>{affectedGroups, risks: [{risk, mitigation}], reviewBy}</c>.</summary>
public static class AssessmentDocument
{
    /// <summary>The canonical document of an assessment.</summary>
    public static byte[] Write(Assessment assessment) => CanonicalJson.Write(new JsonObject
    {
        ["affectedGroups"] = new JsonArray([.. assessment.AffectedGroups.Select(group => (JsonNode)group)]),
        ["risks"] = new JsonArray([.. assessment.Risks.Select(risk =>
            new JsonObject { ["risk"] = risk.Description, ["mitigation"] = risk.Mitigation })]),
        ["reviewBy"] = Wording.Day(assessment.ReviewBy),
    });

    /// <summary>Reads; what is at fault is left empty, the day as the first of all.</summary>
    internal static Assessment Read(JsonElement element, Problems problems)
    {
        var members = DocumentObject.Of(element, "", problems);
        var assessment = new Assessment(ReadGroups(members), ReadRisks(members), members.Day("reviewBy") ?? DateOnly.MinValue);
        members.Close();
        return assessment;
    }

    private static ImmutableArray<string> ReadGroups(DocumentObject members)
    {
        var groups = ImmutableArray.CreateBuilder<string>();
        foreach (var (element, pointer) in members.List("affectedGroups", 1, 20))
        {
            var group = members.Texted(element, pointer, 200);
            if (group.Length > 0 && groups.Contains(group))
                members.Problems.Add(pointer, ProblemCode.Duplicate, "This group is there twice.");
            groups.Add(group);
        }
        return groups.ToImmutable();
    }

    private static ImmutableArray<Risk> ReadRisks(DocumentObject members)
    {
        var risks = ImmutableArray.CreateBuilder<Risk>();
        foreach (var (element, pointer) in members.List("risks", 1, 50))
        {
            var inner = DocumentObject.Of(element, pointer, members.Problems);
            risks.Add(new Risk(inner.Text("risk", 300), inner.Text("mitigation", 300)));
            inner.Close();
        }
        return risks.ToImmutable();
    }
}
