using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.Programmes;

namespace Scoring.Rules;

/// <summary>A programme as a document, without its rule sets.</summary>
public static class ProgrammeDocument
{
    /// <summary>The canonical document of a programme.</summary>
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

    /// <summary>Reads; what is at fault is left empty: names, numbers (as -1 or 0) and words.</summary>
    internal static Programme Read(JsonElement element, Problems problems)
    {
        var members = DocumentObject.Of(element, "", problems);
        ProgrammeId.TryParse(members.Form("id", NamePatterns.Programme(), NamePatterns.ProgrammeHelp), out var id);
        var programme = new Programme(
            id, members.Text("name", 80), members.Text("purpose", 500), members.Word("context", EnumNames.Contexts),
            members.Word("subjectKind", EnumNames.SubjectKinds), ReadEventTypes(members), members.Integer("floor", 0, 1_000_000) ?? -1,
            members.Integer("ceiling", 1, 1_000_000) ?? -1, ReadZone(members), (int)(members.Integer("latenessDaysMax", 1, 90) ?? 0),
            (int)(members.Integer("retentionDays", 1, FactorTable.DaysMax) ?? 0), ReadController(members), ReadEffects(members));
        if (programme.Floor >= 0 && programme.Ceiling >= 0 && programme.Ceiling <= programme.Floor)
            problems.Add("/ceiling", ProblemCode.CeilingNotAboveFloor, "The ceiling lies above the floor.");
        members.Close();
        return programme;
    }

    private static ImmutableArray<string> ReadEventTypes(DocumentObject members)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        foreach (var (element, pointer) in members.List("eventTypes", 1, 32))
        {
            var name = members.Formed(element, pointer, NamePatterns.EventType(), NamePatterns.EventTypeHelp);
            if (name.Length > 0 && names.Contains(name))
                members.Problems.Add(pointer, ProblemCode.Duplicate, "This event type is there twice.");
            names.Add(name);
        }
        return names.ToImmutable();
    }

    private static string ReadZone(DocumentObject members)
    {
        var zone = members.Form("zone", NamePatterns.Zone(), "The name of an IANA time zone, as Europe/Berlin.");
        if (zone.Length > 0 && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
            members.Problems.Add("/zone", ProblemCode.ZoneUnknown, "No such time zone in this system's time zone data.");
        return zone;
    }

    private static Controller ReadController(DocumentObject members)
    {
        if (members.Take("controller") is not { } element) return new Controller("", "");
        var inner = DocumentObject.Of(element, "/controller", members.Problems);
        var controller = new Controller(inner.Text("legalName", 200), inner.Text("contact", 200));
        inner.Close();
        return controller;
    }

    private static ImmutableArray<TierEffect> ReadEffects(DocumentObject members)
    {
        var effects = ImmutableArray.CreateBuilder<TierEffect>();
        foreach (var (element, pointer) in members.List("effects", 0, 32))
        {
            var inner = DocumentObject.Of(element, pointer, members.Problems);
            var effect = new TierEffect(
                inner.Form("tier", NamePatterns.Word(), NamePatterns.WordHelp), inner.Word("effect", EnumNames.Effects),
                inner.Text("description", 300));
            inner.Close();
            if (effect.Tier.Length > 0 && effect.Effect != 0
                && effects.Any(other => other.Tier == effect.Tier && other.Effect == effect.Effect))
                members.Problems.Add(pointer, ProblemCode.Duplicate, "This tier has this effect twice.");
            if (effect.Tier == Tiers.Baseline)
                members.Problems.Add(
                    $"{pointer}/tier", ProblemCode.BaselineHasEffect, "The lowest tier gives nothing, so that nobody loses it.");
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

/// <summary>The one tier that every rule set has.</summary>
public static class Tiers
{
    /// <summary>The lowest, which gives nothing and which a stranger gets.</summary>
    public const string Baseline = "baseline";
}
