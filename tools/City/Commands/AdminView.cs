using System.Globalization;
using Scoring.City.Platform;
using Scoring.Client;

namespace Scoring.City.Commands;

/// <summary>Writes the platform's answers to administrators as lines of text.</summary>
public static class AdminView
{
    private const string Merged = "(merged)";

    /// <summary>Writes a draft: its hash, approvals, differences and problems.</summary>
    public static void Draft(TextWriter to, DraftView draft)
    {
        to.WriteLine($"draft {draft.Hash} of {draft.Programme} by {draft.Author}");
        to.WriteLine($"  approved by: {Names(draft.Approvals)}");
        Differences(to, draft.Differences);
        if (draft.Problems.Count > 0) to.WriteLine($"  problems: {draft.Problems.Count}");
        foreach (var problem in draft.Problems) to.WriteLine($"  {problem.Pointer}  {problem.Code}: {problem.Help}");
        if (draft.Widens) to.WriteLine("  asks every participant for consent again, from its first day");
    }

    /// <summary>Writes a programme's status, approvals and draft.</summary>
    public static void Programme(TextWriter to, ProgrammeAdminView programme)
    {
        to.WriteLine($"{programme.Programme}: {Words.Of(programme.Status)}");
        if (programme.ResumeApprovals.Count > 0) to.WriteLine($"  resuming approved by: {Names(programme.ResumeApprovals)}");
        if (programme.EndApprovals.Count > 0) to.WriteLine($"  ending approved by: {Names(programme.EndApprovals)}");
        if (programme.Draft is { } draft) Draft(to, draft);
        else to.WriteLine("  no draft");
    }

    /// <summary>Writes whether an action is done or waits for another approval.</summary>
    public static void Outcome(TextWriter to, ApprovalResponse outcome) => to.WriteLine(
        outcome.Done
            ? $"Done. Approved by: {Names(outcome.Approvals)}."
            : $"Waiting for another administrator. Approved by: {Names(outcome.Approvals)}.");

    /// <summary>Writes a proposed change of a registration.</summary>
    public static void Proposal(TextWriter to, ProposalView proposal)
    {
        to.WriteLine($"proposal {proposal.Hash}: {Words.Of(proposal.Act)}, by {proposal.Author}");
        Differences(to, proposal.Differences);
    }

    /// <summary>Writes what waits for an administrator, a line for each item.</summary>
    public static void Inbox(TextWriter to, InboxPage inbox)
    {
        if (inbox.Items.Count == 0) to.WriteLine("Nothing waits.");
        foreach (var item in inbox.Items)
        {
            var due = item.DueOn is { } day ? $"by {day:O}" : "";
            var since = item.Since is { } first ? $"since {first:O}" : "";
            var name = item.Registration is { } kind ? $"{Words.Of(kind)} {item.Name}" : item.Programme ?? item.Name;
            to.WriteLine($"{due,13}  {Words.Of(item.Task)} {Words.Of(item.Kind)}: {name}  {item.Case ?? item.Hash}  {since}".TrimEnd());
        }
        if (inbox.IsCut) to.WriteLine("More waits than an inbox holds.");
    }

    /// <summary>Writes one action of the record.</summary>
    public static void Action(TextWriter to, RecordedAdminAction action)
    {
        to.WriteLine($"{action.Number,5}  {DevelopmentClock.Text(action.At)}  {action.Act} by {action.By}");
        foreach (var sentence in action.Words) to.WriteLine($"         {sentence}");
    }

    /// <summary>Writes the report of a simulation.</summary>
    public static void Report(TextWriter to, SimulationReport report)
    {
        to.WriteLine($"{Number(report.Subjects)} subjects, {Number(report.Entries)} entries, as of {report.Day:O}");
        Bands(to, "current scores", report.Now);
        Bands(to, "scores under the draft", report.Then);
        Bands(to, "changes", report.Changes);
        Section(
            to, "tier changes", report.Crossings,
            crossing => $"{crossing.Now ?? Merged,12} -> {crossing.Then ?? Merged,-12} {Number(crossing.Subjects),9} subjects");
        Section(
            to, "example histories", report.Examples,
            example => $"{Number(example.Now)} -> {Number(example.Then)}  {example.Story}");
    }

    private static void Bands(TextWriter to, string title, IReadOnlyList<Band> bands) => Section(
        to, title, bands, band => $"{Number(band.From),9} to {Number(band.To),9}  {Number(band.Subjects),9} subjects");

    private static void Section<T>(TextWriter to, string title, IReadOnlyList<T> elements, Func<T, string> line)
    {
        to.WriteLine($"{title}:");
        if (elements.Count == 0) to.WriteLine("  none");
        foreach (var element in elements) to.WriteLine($"  {line(element)}");
    }

    private static void Differences(TextWriter to, IReadOnlyList<string> differences)
    {
        foreach (var difference in differences) to.WriteLine($"  differs: {difference}");
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Names(IReadOnlyList<string> names) => names.Count == 0 ? "none" : string.Join(", ", names);
}
