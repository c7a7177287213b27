using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.Programmes;

namespace Scoring.Rules;

/// <summary>Writes and reads a programme's terms as a document, without rule sets.</summary>
public static class ProgrammeDocument
{
    /// <summary>Writes the canonical document of a programme.</summary>
    public static byte[] Write(Programme programme) => CanonicalJson.Write(new JsonObject
    {
        ["id"] = programme.Id.Value,
        ["name"] = programme.Name,
        ["purpose"] = programme.Purpose,
        ["context"] = EnumNames.Contexts.Of(programme.Context),
        ["subjectKind"] = EnumNames.SubjectKinds.Of(programme.SubjectKind),
        ["eventTypes"] = new JsonArray([.. programme.EventTypes.Select(name => (JsonNode)name)]),
        ["floor"] = programme.Floor,
        ["ceiling"] = programme.Ceiling,
        ["zone"] = programme.Zone,
        ["latenessDaysMax"] = programme.LatenessDaysMax,
        ["retentionDays"] = programme.RetentionDays,
        ["controller"] = new JsonObject
        {
            ["legalName"] = programme.Controller.LegalName,
            ["contact"] = programme.Controller.Contact,
        },
        ["effects"] = new JsonArray([.. programme.Effects.Select(Write)]),
    });

    /// <summary>Reads the document. A faulty part is empty in the result; a faulty number is -1 or 0.</summary>
    internal static Programme Read(JsonElement element, Problems problems)
    {
        var members = DocumentObject.Of(element, "", problems);
        ProgrammeId.TryParse(members.ReadName("id", NamePatterns.Programme(), NamePatterns.ProgrammeHelp), out var id);
        var programme = new Programme(
            id, members.ReadText("name", 80), members.ReadText("purpose", 500), members.ReadWord("context", EnumNames.Contexts),
            members.ReadWord("subjectKind", EnumNames.SubjectKinds), ReadEventTypes(members),
            members.ReadInteger("floor", 0, 1_000_000) ?? -1,
            members.ReadInteger("ceiling", 1, 1_000_000) ?? -1, ReadZone(members),
            (int)(members.ReadInteger("latenessDaysMax", 1, 90) ?? 0),
            (int)(members.ReadInteger("retentionDays", 1, FactorTable.DaysMax) ?? 0), ReadController(members), ReadEffects(members));
        if (programme.Floor >= 0 && programme.Ceiling >= 0 && programme.Ceiling <= programme.Floor)
            problems.Add("/ceiling", ProblemCode.CeilingNotAboveFloor, "The ceiling is not above the floor.");
        members.Close();
        return programme;
    }

    private static ImmutableArray<string> ReadEventTypes(DocumentObject members)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        foreach (var (element, pointer) in members.ReadArray("eventTypes", 1, 32))
        {
            var name = members.ReadName(element, pointer, NamePatterns.EventType(), NamePatterns.EventTypeHelp);
            if (name.Length > 0 && names.Contains(name))
                members.Problems.Add(pointer, ProblemCode.Duplicate, "This event type occurs twice.");
            names.Add(name);
        }
        return names.ToImmutable();
    }

    private static string ReadZone(DocumentObject members)
    {
        var zone = members.ReadName("zone", NamePatterns.Zone(), "The name of an IANA time zone such as Europe/Berlin is expected.");
        if (zone.Length > 0 && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
            members.Problems.Add("/zone", ProblemCode.ZoneUnknown, "This system's time zone data does not have this time zone.");
        return zone;
    }

    private static Controller ReadController(DocumentObject members)
    {
        if (members.Take("controller") is not { } element) return new Controller("", "");
        var inner = DocumentObject.Of(element, "/controller", members.Problems);
        var controller = new Controller(inner.ReadText("legalName", 200), inner.ReadText("contact", 200));
        inner.Close();
        return controller;
    }

    private static ImmutableArray<TierEffect> ReadEffects(DocumentObject members)
    {
        var effects = ImmutableArray.CreateBuilder<TierEffect>();
        foreach (var (element, pointer) in members.ReadArray("effects", 0, 32))
        {
            var inner = DocumentObject.Of(element, pointer, members.Problems);
            var effect = new TierEffect(
                inner.ReadName("tier", NamePatterns.Word(), NamePatterns.WordHelp), inner.ReadWord("effect", EnumNames.Effects),
                inner.ReadText("description", 300));
            inner.Close();
            if (effect.Tier.Length > 0 && effect.Effect != 0
                && effects.Any(other => other.Tier == effect.Tier && other.Effect == effect.Effect))
                members.Problems.Add(pointer, ProblemCode.Duplicate, "This tier has the same effect twice.");
            if (effect.Tier == Tiers.Baseline)
                members.Problems.Add(
                    $"{pointer}/tier", ProblemCode.BaselineHasEffect, "The lowest tier has no effects, so that no subject can lose one.");
            effects.Add(effect);
        }
        return effects.ToImmutable();
    }

    private static JsonObject Write(TierEffect effect) => new()
    {
        ["tier"] = effect.Tier,
        ["effect"] = EnumNames.Effects.Of(effect.Effect),
        ["description"] = effect.Description,
    };
}

/// <summary>The names of tiers that have a meaning for the platform.</summary>
public static class Tiers
{
    /// <summary>The lowest tier of every rule set. It has no effects and is part of the neutral answer.</summary>
    public const string Baseline = "baseline";
}
