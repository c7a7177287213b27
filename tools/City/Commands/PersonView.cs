using System.Buffers.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Scoring.City.Platform;
using Scoring.Client;

namespace Scoring.City.Commands;

/// <summary>Writes the platform's answers to a participant as lines of text.</summary>
public static class PersonView
{
    private static readonly JsonSerializerOptions Indented = new()
        { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a subject: its first day, the rules consented to, its status, coming versions and handles.</summary>
    public static void Subject(TextWriter to, SubjectView subject)
    {
        to.WriteLine($"{subject.Programme}, subject {subject.Ordinal}, since {subject.Since:O}");
        to.WriteLine($"  consented to rule set {subject.RuleSet}");
        if (subject.Restricted) to.WriteLine("  paused");
        if (subject.Lapsed) to.WriteLine("  lapsed: consent must be renewed");
        foreach (var coming in subject.Coming ?? []) to.WriteLine($"  from {coming.FirstDay:O}: {coming.Summary}");
        Handles(to, subject.Handles);
    }

    /// <summary>Writes handles, oldest first.</summary>
    public static void Handles(TextWriter to, IReadOnlyList<HandleView> handles)
    {
        foreach (var handle in handles) to.WriteLine($"  handle {handle.Id} of {handle.Source}");
    }

    /// <summary>Writes what a hypothetical event would change.</summary>
    public static void Effect(TextWriter to, WhatIfAnswer effect)
    {
        to.WriteLine($"{Score(effect.Before)} -> {Score(effect.After)}, {effect.Difference:+0;-0;0}");
        foreach (var rule in effect.Rules) to.WriteLine($"  {rule.Reason}: {rule.WorthBefore} -> {rule.WorthAfter}");
    }

    /// <summary>Writes notices, newest first.</summary>
    public static void Notices(TextWriter to, NoticesPage page)
    {
        if (page.Notices.Count == 0) to.WriteLine("no notices");
        foreach (var notice in page.Notices) Notice(to, notice);
    }

    /// <summary>Writes a live notice with its id, from which listening can continue.</summary>
    public static void Live(TextWriter to, LiveNotice live)
    {
        if (live.Notice is { } notice) Notice(to, notice);
        else to.WriteLine($"[{live.Id}] {live.Kind}");
    }

    /// <summary>Writes the accesses to the subject's entries, newest first.</summary>
    public static void AccessLog(TextWriter to, AccessPage page)
    {
        if (page.Looks.Count == 0) to.WriteLine("no accesses");
        foreach (var access in page.Looks)
        {
            var at = access.At is { } instant ? DevelopmentClock.Text(instant) : "";
            to.WriteLine($"{at}  {access.LegalEntity ?? access.Service ?? Words.Of(access.Kind)}: {access.Purpose}");
            if (access.Answer is { } answer) to.WriteLine($"  answer: {Score(answer)}");
        }
    }

    /// <summary>Writes the active grants.</summary>
    public static void Grants(TextWriter to, IReadOnlyList<GrantView> grants)
    {
        if (grants.Count == 0) to.WriteLine("no grants");
        foreach (var grant in grants)
        {
            var uses = grant.UsesLeft is { } left ? $", {left} uses left" : "";
            var until = grant.Until is { } end ? DevelopmentClock.Text(end) : "revoked";
            to.WriteLine($"grant {grant.Id} to {grant.Service}, until {until}{uses}");
        }
    }

    /// <summary>Writes contests, newest first.</summary>
    public static void Contests(TextWriter to, IReadOnlyList<ContestView> contests)
    {
        if (contests.Count == 0) to.WriteLine("no contests");
        foreach (var contest in contests) Contest(to, contest);
    }

    /// <summary>Writes one contest.</summary>
    public static void Contest(TextWriter to, ContestView contest)
    {
        var reason = contest.Reason is { } given ? $", {Words.Of(given)}" : "";
        to.WriteLine(
            $"case {contest.Case}: turn {contest.Turn}, {Words.Of(contest.Ground)}, {Words.Of(contest.State)}, "
            + $"due {contest.DueOn:O}{reason}");
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
    public static string Score(ScoreValue value) => $"{value.Score} points, tier {value.Tier}";

    private static void Notice(TextWriter to, Notice notice) => to.WriteLine($"[{notice.Id}] {notice.Day:O}  {notice.Words}");
}
