using Microsoft.AspNetCore.Components;
using Scoring.Client;
using Scoring.Programmes;
using Scoring.SignIn;

namespace Scoring.Enrolments;

/// <summary>
/// A screen on the way into a programme. Each says one thing; the last one asks for consent. A programme that has ended has no such
/// screens.
/// </summary>
public abstract class JoinPage : ProgrammePage
{
    /// <summary>The screens, in their order: the last part of each address.</summary>
    public static IReadOnlyList<string> Steps { get; } = ["purpose", "counted", "services", "link", "check"];

    /// <summary>What is wrong with the form that was sent: the field's id, and a sentence.</summary>
    public List<(string Field, string Text)> Faults { get; } = [];

    /// <summary>The rule set in force, to which the person would agree.</summary>
    protected RuleSet RuleSet => Document.RuleSetOf(Document.RuleSetInForce);

    /// <summary>The fields of the form that was sent, or kept.</summary>
    [Inject] protected FormValues Form { get; set; } = null!;

    /// <summary>Returns the address of a screen.</summary>
    public static string PathOf(string programme, string step) =>
        step == Steps[0] ? $"/programmes/{programme}/join" : $"/programmes/{programme}/join/{step}";

    /// <inheritdoc/>
    protected sealed override Task<bool> Load() => Task.FromResult(!Document.Ended);
}
