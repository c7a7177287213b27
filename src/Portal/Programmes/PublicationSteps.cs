using Scoring.Client;

namespace Scoring.Programmes;

/// <summary>How far a step is.</summary>
public enum StepState
{
    /// <summary>It is done.</summary>
    Done,

    /// <summary>It is the next one to do.</summary>
    Next,

    /// <summary>It comes later.</summary>
    Later,
}

/// <summary>A step of the way of a version, and how far it is.</summary>
/// <param name="Name">Its name; its text is <c>govern.step-{name}</c>.</param>
/// <param name="State">How far it is.</param>
public sealed record PublicationStep(string Name, StepState State);

/// <summary>The way of a version from its draft to its first day.</summary>
public static class PublicationSteps
{
    private const int ApprovalsNeeded = 2;

    /// <summary>The names of all steps in their order.</summary>
    public static IReadOnlyList<string> Names { get; } = ["drafted", "sound", "simulated", "approved", "published", "in-force"];

    /// <summary>
    /// Returns the steps of the draft, or else of the version that waits for its first day; none when nothing is under way. The
    /// step of the simulation is left out where there can be none: before a programme's first version, and after a publication without one.
    /// </summary>
    /// <param name="view">The programme as its administrators see it.</param>
    /// <param name="isVersionComing">Whether a published version waits for its first day.</param>
    /// <param name="isSimulated">Whether the draft, or what was the draft of that version, was simulated.</param>
    public static IReadOnlyList<PublicationStep> Of(ProgrammeAdminView view, bool isVersionComing, bool isSimulated)
    {
        if (view.Status == ProgrammeStatus.Ended || (view.Draft is null && !isVersionComing)) return [];
        var isPublished = view.Draft is null;
        var canBeSimulated = isPublished ? isSimulated : view.Status != ProgrammeStatus.Drafted;
        var steps = Names.Where(name => name != "simulated" || canBeSimulated)
            .Select(name => (Name: name, IsDone: name switch
            {
                "drafted" => true,
                "in-force" => false,
                _ when isPublished => true,
                "sound" => view.Draft!.Problems.Count == 0,
                "simulated" => isSimulated,
                "approved" => view.Draft!.Approvals.Count >= ApprovalsNeeded - 1,
                _ => false,
            })).ToArray();
        var next = Array.FindIndex(steps, step => !step.IsDone);
        return [.. steps.Select((step, index) => new PublicationStep(
            step.Name, step.IsDone ? StepState.Done : index == next ? StepState.Next : StepState.Later))];
    }
}
