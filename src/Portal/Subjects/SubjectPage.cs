using System.Globalization;
using Microsoft.AspNetCore.Components;
using Scoring.Client;
using Scoring.Languages;
using Scoring.Programmes;
using Scoring.SignIn;

namespace Scoring.Subjects;

/// <summary>
/// A page about one of the signed-in person's subjects, under <c>/my/{programme}/{ordinal}</c>. It loads what every such page shows; a page
/// adds its own in <see cref="Load"/>. A subject that the person does not have is a page that does not exist.
/// </summary>
public abstract class SubjectPage : ComponentBase
{
    private bool _isLeft;

    /// <summary>The programme's name in the address.</summary>
    [Parameter] public string Programme { get; set; } = "";

    /// <summary>The participant's ordinal of the subject in the address, 0 to 31.</summary>
    [Parameter] public int Ordinal { get; set; }

    /// <summary>The texts.</summary>
    [Inject] public required Texts T { get; set; }

    /// <summary>The subject.</summary>
    public SubjectView Subject { get; private set; } = null!;

    /// <summary>The programme's document.</summary>
    public ProgrammeResponse Document { get; private set; } = null!;

    /// <summary>What is wrong with the form that was sent: the field's id, and a sentence.</summary>
    public List<(string Field, string Text)> Faults { get; } = [];

    /// <summary>Whether there is something to show: the page exists, and no redirect takes its place.</summary>
    public bool IsReady { get; private set; }

    /// <summary>The address of the subject's first page.</summary>
    public string Root => PathOf(Programme, Ordinal);

    /// <summary>Cancels the calls when the browser has gone.</summary>
    protected CancellationToken Aborted => Context.HttpContext!.RequestAborted;

    /// <summary>The calls about the subject.</summary>
    protected SubjectClient Calls => Client.Subjects.Of(Programme, Ordinal);

    /// <summary>The fields of the form that was sent, or kept.</summary>
    [Inject] protected FormValues Form { get; set; } = null!;

    [Inject] private ScoringClient Client { get; set; } = null!;

    [Inject] private PublishedProgrammes Documents { get; set; } = null!;

    [Inject] private IHttpContextAccessor Context { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    /// <summary>Returns the address of a subject's first page.</summary>
    public static string PathOf(string programme, int ordinal) =>
        string.Create(CultureInfo.InvariantCulture, $"/my/{programme}/{ordinal}");

    /// <inheritdoc/>
    protected sealed override async Task OnInitializedAsync()
    {
        if (await Documents.Find(Programme, Aborted) is not { } document)
        {
            Navigation.NotFound();
            return;
        }
        Document = document;
        Subject = await Calls.Find(Aborted);
        await Load();
        IsReady = !_isLeft;
    }

    /// <summary>Loads what the page shows.</summary>
    protected virtual Task Load() => Task.CompletedTask;

    /// <summary>Leads to another page in place of this one.</summary>
    protected void Redirect(string address)
    {
        IsReady = false;
        _isLeft = true;
        Navigation.NavigateTo(address);
    }

    /// <summary>Answers that there is no such page.</summary>
    protected void NotFound()
    {
        IsReady = false;
        _isLeft = true;
        Navigation.NotFound();
    }

    /// <summary>
    /// Makes a call that wants something gone. Returns whether it was there: what is gone already is what the person wants.
    /// </summary>
    protected static async Task<bool> RemoveIfThere(Func<Task> call)
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
}
