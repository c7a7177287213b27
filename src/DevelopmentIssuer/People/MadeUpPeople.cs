namespace Scoring.People;

/// <summary>The people of the development issuer. None of them exists.</summary>
public static class MadeUpPeople
{
    private const string Participant = "participant";
    private const string Administrator = "administrator";

    /// <summary>The participants.</summary>
    public static IReadOnlyList<Person> Participants { get; } =
    [
        new("participant", "Ada Sample", Participant, true,
            "Drives car DEV 001 and pays with card 0001. The token file participant is hers.", "participant-1"),
        new("participant-2", "Ben Example", Participant, true, "Runs the kitchen Example Noodles and drives van DEV 002."),
        new("participant-3", "Cleo Specimen", Participant, true, "Pays with card 0003 and has joined nothing yet."),
        new("participant-minor", "Dot Dummy", Participant, false, "Is 15 years old, so her tokens do not say that she is an adult."),
    ];

    /// <summary>The administrators. A version takes three of them, and a contest needs one who had no part in the rules.</summary>
    public static IReadOnlyList<Person> Administrators { get; } =
    [
        new("administrator-1", "Alpha Placeholder", Administrator, true, "Administrator 1. Writes drafts of rules.", "administrator-1"),
        new("administrator-2", "Beta Placeholder", Administrator, true, "Administrator 2. Approves drafts.", "administrator-2"),
        new("administrator-3", "Gamma Placeholder", Administrator, true, "Administrator 3. Approves drafts.", "administrator-3"),
        new("administrator-4", "Delta Placeholder", Administrator, true,
            "Administrator 4. Keeps out of the rules and decides contests.", "administrator-4"),
    ];

    /// <summary>The auditors.</summary>
    public static IReadOnlyList<Person> Auditors { get; } =
        [new("auditor", "Audrey Testcase", "auditor", true, "Auditor. Opens cases and asks for histories.", "auditor-1")];

    /// <summary>All people.</summary>
    public static IReadOnlyList<Person> All { get; } = [.. Participants, .. Administrators, .. Auditors];

    /// <summary>Returns the person of an id, or <see langword="null"/>.</summary>
    public static Person? Find(string? id) => All.FirstOrDefault(person => person.Id == id);
}
