using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.Programmes;

namespace Scoring.Rules;

/// <summary>Writes and reads an impact assessment as a document: <c>{affectedGroups, risks: [{risk, mitigation}], reviewBy}</c>.</summary>
public static class AssessmentDocument
{
    /// <summary>Writes the canonical document of an assessment.</summary>
    public static byte[] Write(Assessment assessment) => CanonicalJson.Write(new JsonObject
    {
        ["affectedGroups"] = new JsonArray([.. assessment.AffectedGroups.Select(group => (JsonNode)group)]),
        ["risks"] = new JsonArray([.. assessment.Risks.Select(risk =>
            new JsonObject { ["risk"] = risk.Description, ["mitigation"] = risk.Mitigation })]),
        ["reviewBy"] = Wording.Day(assessment.ReviewBy),
    });

    /// <summary>Reads the document. A faulty part is empty in the result; a faulty day is <see cref="DateOnly.MinValue"/>.</summary>
    internal static Assessment Read(JsonElement element, Problems problems)
    {
        var members = DocumentObject.Of(element, "", problems);
        var assessment = new Assessment(ReadGroups(members), ReadRisks(members), members.ReadDay("reviewBy") ?? DateOnly.MinValue);
        members.Close();
        return assessment;
    }

    private static ImmutableArray<string> ReadGroups(DocumentObject members)
    {
        var groups = ImmutableArray.CreateBuilder<string>();
        foreach (var (element, pointer) in members.ReadArray("affectedGroups", 1, 20))
        {
            var group = members.ReadText(element, pointer, 200);
            if (group.Length > 0 && groups.Contains(group))
                members.Problems.Add(pointer, ProblemCode.Duplicate, "This group occurs twice.");
            groups.Add(group);
        }
        return groups.ToImmutable();
    }

    private static ImmutableArray<Risk> ReadRisks(DocumentObject members)
    {
        var risks = ImmutableArray.CreateBuilder<Risk>();
        foreach (var (element, pointer) in members.ReadArray("risks", 1, 50))
        {
            var inner = DocumentObject.Of(element, pointer, members.Problems);
            risks.Add(new Risk(inner.ReadText("risk", 300), inner.ReadText("mitigation", 300)));
            inner.Close();
        }
        return risks.ToImmutable();
    }
}
