using System.Buffers.Text;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Scoring.City.Platform;

namespace Scoring.City.Commands;

/// <summary>Writes the platform's answers to a participant as lines of text.</summary>
public static class PersonView
{
    private static readonly JsonSerializerOptions Indented = new()
        { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a subject: its first day, the rules consented to, its status, coming versions and handles.</summary>
    public static void Subject(TextWriter to, JsonElement subject)
    {
        to.WriteLine($"{Text(subject, "programme")}, subject {subject.GetProperty("ordinal")}, since {Text(subject, "since")}");
        to.WriteLine($"  consented to rule set {Text(subject, "ruleSet")}");
        if (subject.GetProperty("restricted").GetBoolean()) to.WriteLine("  paused");
        if (subject.GetProperty("lapsed").GetBoolean()) to.WriteLine("  lapsed: consent must be renewed");
        foreach (var coming in subject.GetProperty("coming").EnumerateArray())
            to.WriteLine($"  from {Text(coming, "firstDay")}: {Text(coming, "summary")}");
        Handles(to, subject.GetProperty("handles"));
    }

    /// <summary>Writes handles, oldest first.</summary>
    public static void Handles(TextWriter to, JsonElement handles)
    {
        foreach (var handle in handles.EnumerateArray()) to.WriteLine($"  handle {Text(handle, "id")} of {Text(handle, "source")}");
    }

    /// <summary>Writes what a hypothetical event would change.</summary>
    public static void Effect(TextWriter to, JsonElement effect)
    {
        to.WriteLine(
            $"{Score(effect.GetProperty("before"))} -> {Score(effect.GetProperty("after"))}, "
            + $"{effect.GetProperty("difference").GetInt64():+0;-0;0}");
        foreach (var rule in effect.GetProperty("rules").EnumerateArray())
            to.WriteLine($"  {Text(rule, "reason")}: {rule.GetProperty("worthBefore")} -> {rule.GetProperty("worthAfter")}");
    }

    /// <summary>Writes notices, newest first.</summary>
    public static void Notices(TextWriter to, JsonElement page)
    {
        var notices = page.GetProperty("notices");
        if (notices.GetArrayLength() == 0) to.WriteLine("no notices");
        foreach (var notice in notices.EnumerateArray()) Notice(to, notice);
    }

    /// <summary>Writes a live notice with its id, from which listening can continue.</summary>
    public static void Live(TextWriter to, SseItem<string> item)
    {
        if (item.Data.Length == 0 || item.Data[0] != '{') to.WriteLine($"[{item.EventId}] {item.EventType}");
        else Notice(to, JsonElement.Parse(item.Data));
    }

    /// <summary>Writes the accesses to the subject's entries, newest first.</summary>
    public static void AccessLog(TextWriter to, JsonElement page)
    {
        var accesses = page.GetProperty("looks");
        if (accesses.GetArrayLength() == 0) to.WriteLine("no accesses");
        foreach (var access in accesses.EnumerateArray())
        {
            to.WriteLine(
                $"{Text(access, "at")}  {Or(access, "legalEntity", Or(access, "service", Text(access, "kind")))}: "
                + Or(access, "purpose", ""));
            if (access.GetProperty("answer") is { ValueKind: JsonValueKind.Object } answer) to.WriteLine($"  answer: {Score(answer)}");
        }
    }

    /// <summary>Writes the active grants.</summary>
    public static void Grants(TextWriter to, JsonElement grants)
    {
        if (grants.GetArrayLength() == 0) to.WriteLine("no grants");
        foreach (var grant in grants.EnumerateArray())
        {
            var uses = grant.GetProperty("usesLeft") is { ValueKind: JsonValueKind.Number } left ? $", {left} uses left" : "";
            to.WriteLine($"grant {Text(grant, "id")} to {Text(grant, "service")}, until {Or(grant, "until", "revoked")}{uses}");
        }
    }

    /// <summary>Writes contests, newest first.</summary>
    public static void Contests(TextWriter to, JsonElement contests)
    {
        if (contests.GetArrayLength() == 0) to.WriteLine("no contests");
        foreach (var contest in contests.EnumerateArray()) Contest(to, contest);
    }

    /// <summary>Writes one contest.</summary>
    public static void Contest(TextWriter to, JsonElement contest)
    {
        to.WriteLine(
            $"case {Text(contest, "case")}: turn {contest.GetProperty("turn")}, {Text(contest, "ground")}, {Text(contest, "state")}, " +
            $"due {Text(contest, "dueOn")}{(Or(contest, "reason", "") is { Length: > 0 } reason ? $", {reason}" : "")}");
    }

    /// <summary>Writes that an archive was checked, and what it holds.</summary>
    public static void Archive(TextWriter to, CheckedArchive archive)
    {
        to.WriteLine($"{archive.Files:N0} files, {archive.Entries:N0} entries. Every hash and the signature are correct.");
    }

    /// <summary>Returns the payload of a JWS, indented.</summary>
    public static string Readable(string jws)
    {
        using var payload = JsonDocument.Parse(Base64Url.DecodeFromChars(jws.Split('.')[1]));
        return JsonSerializer.Serialize(payload.RootElement, Indented);
    }

    /// <summary>Returns a score with its tier as text.</summary>
    public static string Score(JsonElement value) => $"{value.GetProperty("score")} points, tier {Text(value, "tier")}";

    private static void Notice(TextWriter to, JsonElement notice) =>
        to.WriteLine($"[{Text(notice, "id")}] {Text(notice, "day")}  {Text(notice, "words")}");

    private static string Text(JsonElement from, string member) => from.GetProperty(member).GetString() ?? "";

    private static string Or(JsonElement from, string member, string otherwise) =>
        from.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : otherwise;
}
