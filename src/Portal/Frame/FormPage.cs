using Microsoft.AspNetCore.Components;
using Scoring.Client;
using Scoring.Languages;
using Scoring.SignIn;

namespace Scoring.Frame;

/// <summary>
/// A page that loads something by the calls of the person who is signed in, and may have forms. What the platform refuses becomes a
/// sentence at a field, or a page of its own.
/// </summary>
public abstract class FormPage : ComponentBase
{
    private bool _isLeft;

    /// <summary>The texts.</summary>
    [Inject] public required Texts T { get; set; }

    /// <summary>What is wrong with the form that was sent: the field's id, and a sentence.</summary>
    public List<(string Field, string Text)> Faults { get; } = [];

    /// <summary>Whether there is something to show: the page exists, and no redirect takes its place.</summary>
    public bool IsReady { get; private set; }

    /// <summary>Cancels the calls when the browser has gone.</summary>
    protected CancellationToken Aborted => Context.HttpContext!.RequestAborted;

    /// <summary>The fields of the form that was sent, or kept.</summary>
    [Inject] protected FormValues Form { get; set; } = null!;

    /// <summary>The calls of the person who is signed in.</summary>
    [Inject] protected ScoringClient Client { get; set; } = null!;

    [Inject] private IHttpContextAccessor Context { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    /// <inheritdoc/>
    protected sealed override async Task OnInitializedAsync()
    {
        await Begin();
        if (!_isLeft) await Load();
        IsReady = !_isLeft;
    }

    /// <summary>Loads what every page of the kind shows, before <see cref="Load"/>.</summary>
    private protected virtual Task Begin() => Task.CompletedTask;

    /// <summary>Loads what the page shows.</summary>
    protected virtual Task Load() => Task.CompletedTask;

    /// <summary>Leads to another page in place of this one.</summary>
    protected void Redirect(string address)
    {
        Leave();
        Navigation.NavigateTo(address);
    }

    /// <summary>Answers that there is no such page.</summary>
    protected void NotFound()
    {
        Leave();
        Navigation.NotFound();
    }

    /// <summary>
    /// Makes a call about something that may not be there, or not any more. Returns whether it was: what is gone already is what a person
    /// wants who removes it.
    /// </summary>
    protected static async Task<bool> IfThere(Func<Task> call)
    {
        try
        {
            await call();
            return true;
        }
        catch (ScoringProblemException exception) when (exception.Kind == ProblemKinds.NotFound)
        {
            return false;
        }
    }

    /// <summary>
    /// Makes a call for a form. A refusal of an expected kind becomes a sentence at a field; every other one a page of its own.
    /// </summary>
    /// <param name="call">The call.</param>
    /// <param name="field">The id of the field that the refusals are about.</param>
    /// <param name="kinds">The kinds of <see cref="ProblemKinds"/> that are expected; each has a text <c>problem.{kind}</c>.</param>
    /// <returns>Whether the call was carried out.</returns>
    protected async Task<bool> Try(Func<Task> call, string field, params string[] kinds)
    {
        try
        {
            await call();
            return true;
        }
        catch (ScoringProblemException exception) when (kinds.Contains(exception.Kind))
        {
            Faults.Add((field, T[$"problem.{exception.Kind}"]));
            return false;
        }
    }

    private void Leave()
    {
        IsReady = false;
        _isLeft = true;
    }
}
