using System.Globalization;
using Microsoft.AspNetCore.Components;
using Scoring.Client;
using Scoring.Frame;
using Scoring.Programmes;

namespace Scoring.Subjects;

/// <summary>
/// A page about one of the signed-in person's subjects, under <c>/my/{programme}/{ordinal}</c>. It loads what every such page shows. A
/// subject that the person does not have is a page that does not exist.
/// </summary>
public abstract class SubjectPage : FormPage
{
    /// <summary>The programme's name in the address.</summary>
    [Parameter] public string Programme { get; set; } = "";

    /// <summary>The participant's ordinal of the subject in the address, 0 to 31.</summary>
    [Parameter] public int Ordinal { get; set; }

    /// <summary>The subject.</summary>
    public SubjectView Subject { get; private set; } = null!;

    /// <summary>The programme's document.</summary>
    public ProgrammeResponse Document { get; private set; } = null!;

    /// <summary>The address of the subject's first page.</summary>
    public string Root => PathOf(Programme, Ordinal);

    /// <summary>The calls about the subject.</summary>
    protected SubjectClient Calls => Client.Subjects.Of(Programme, Ordinal);

    [Inject] private PublishedProgrammes Documents { get; set; } = null!;

    /// <summary>Returns the address of a subject's first page.</summary>
    public static string PathOf(string programme, int ordinal) =>
        string.Create(CultureInfo.InvariantCulture, $"/my/{programme}/{ordinal}");

    private protected sealed override async Task Begin()
    {
        if (await Documents.Find(Programme, Aborted) is not { } document)
        {
            NotFound();
            return;
        }
        Document = document;
        Subject = await Calls.Find(Aborted);
    }
}
