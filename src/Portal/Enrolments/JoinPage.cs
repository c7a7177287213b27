using Microsoft.AspNetCore.Components;
using Scoring.Client;
using Scoring.Languages;
using Scoring.Programmes;
using Scoring.SignIn;

namespace Scoring.Enrolments;

/// <summary>A screen on the way into a programme. Each says one thing; the last one asks for consent.</summary>
public abstract class JoinPage : ComponentBase
{
    /// <summary>The screens, in their order: the last part of each address.</summary>
    public static IReadOnlyList<string> Steps { get; } = ["purpose", "counted", "services", "link", "check"];

    /// <summary>The programme's name in the address.</summary>
    [Parameter] public string Programme { get; set; } = "";

    /// <summary>The texts.</summary>
    [Inject] public required Texts T { get; set; }

    /// <summary>The programme's document.</summary>
    public ProgrammeResponse Document { get; private set; } = null!;

    /// <summary>Whether the programme can be shown.</summary>
    public bool IsReady { get; private set; }

    /// <summary>What is wrong with the form that was sent: the field's id, and a sentence.</summary>
    public List<(string Field, string Text)> Faults { get; } = [];

    /// <summary>The rule set in force, to which the person would agree.</summary>
    protected RuleSet RuleSet => Document.RuleSets.Single(rules => rules.Number == Document.RuleSetInForce);

    /// <summary>Cancels the calls when the browser has gone.</summary>
    protected CancellationToken Aborted => Context.HttpContext!.RequestAborted;

    /// <summary>The fields of the form that was sent, or kept.</summary>
    [Inject] protected FormValues Form { get; set; } = null!;

    /// <summary>The calls to the platform.</summary>
    [Inject] protected ScoringClient Client { get; set; } = null!;

    /// <summary>Leads to other pages.</summary>
    [Inject] protected NavigationManager Navigation { get; set; } = null!;

    [Inject] private PublishedProgrammes Documents { get; set; } = null!;

    [Inject] private IHttpContextAccessor Context { get; set; } = null!;

    /// <summary>Returns the address of a screen.</summary>
    public static string PathOf(string programme, string step) =>
        step == Steps[0] ? $"/programmes/{programme}/join" : $"/programmes/{programme}/join/{step}";

    /// <inheritdoc/>
    protected sealed override async Task OnInitializedAsync()
    {
        if (await Documents.Find(Programme, Aborted) is not { Ended: false } document)
        {
            Navigation.NotFound();
            return;
        }
        Document = document;
        IsReady = true;
    }
}
