"""What citera says in English."""

from typing import Final

from bot.texts.admin_phrases import AdminTexts, PrivacyTexts
from bot.texts.phrases import Texts
from bot.texts.skip_reasons import IN_SWEDISH
from bot.texts.telegram_phrases import (
    AccessTexts,
    AnswerTexts,
    FeedbackTexts,
    InlineTexts,
    LanguageTexts,
    LimitTexts,
    MenuTexts,
    ReembedTexts,
    TelegramTexts,
)
from corpus.languages.en.times import TIMES

_TELEGRAM: Final = TelegramTexts(
    answer=AnswerTexts(
        copies="the same in {count} more",
        within="Only in “{title}”",
        further="Further passages",
        more="More ›",
        back="‹ Back",
        open_page="Open the page",
        ask_document="Ask about this document",
        ask_all="Ask all documents",
        asking_document="I now look in “{title}” alone. Write your question.",
        asking_document_in_group="Reply to this message with your question, and I look in "
        "“{title}” alone.",
        asking_all="I look in all documents again.",
        goes_on="The quote goes on in the document.",
        grown_old="This answer has grown old. Please ask again.",
        not_yours="I only answer those I have been told of.",
        unknown_button="I do not know this button.",
    ),
    inline=InlineTexts(
        strangers="I do not know you yet. Write to me first",
        type_on="Go on with your question",
        too_many="Too many questions. Try again in {seconds} s",
        nothing="I found no answer in the documents",
    ),
    language=LanguageTexts(
        which="In which language shall I speak with you? Answers come in the language of the "
        "question all the same.",
        as_in_telegram="As set in Telegram",
        chosen="I speak English with you from now on.",
    ),
    menu=MenuTexts(
        ask="Ask a question",
        new="Begin anew: forget what was asked before",
        language="Choose my language",
        help="How to ask",
        privacy="What I keep of you",
        forgetme="Delete what I keep of you",
        status="What the index holds",
        reembed="Bring the index up to date",
        users="Who is let in",
        unanswered="What was asked in vain",
        stats="How many ask, and how it goes",
        export="All questions as a table",
        boilerplate="Lines left out of the search",
        description="I look for answers in a folder of documents and quote them word for word, "
        "with where each quote stands. No language model writes what I say.\n\nAsk as you would "
        "ask a person, in Swedish or English, whatever the documents are written in.",
        short_description="Answers questions about documents, with quotes from them.",
    ),
    access=AccessTexts(
        stranger="I only answer those an administrator has let in. Write /start to ask for it.",
        nobody_yet="I do not know anybody yet. If I am your bot, put your id, {chat_id}, in "
        "ADMIN_USER_IDS and start me again.",
        code="I only answer those an administrator lets in. Show an administrator this code, which "
        "holds for an hour: {code}",
        too_many_wait="Too many ask to be let in right now. Please write /start again in an hour.",
        request="{name} asks to be let in, with the id {chat_id}. Let them in only if they show "
        "you this code: {code}",
        admit="Let in",
        refuse="Refuse",
        settled_already="That was settled already, or is more than an hour old.",
        admitted="{name} was let in by {admin}.",
        refused="{name} was refused by {admin}.",
        welcome="You have been let in.",
        not_admitted="An administrator has declined to let you in.",
        closed_group="I do not answer in this group yet.",
        let_group_in="An administrator who writes /start here can let it in.",
        admit_group="Let the group in",
        group_admitted="I answer in this group from now on: everybody in it may ask me.",
    ),
    feedback=FeedbackTexts(
        noted="Thank you, I have noted it.",
        taken_back="Taken back.",
        gone="I no longer hold that answer.",
        askers_alone="Only the one who asked can judge the answer.",
    ),
    limits=LimitTexts(
        too_many="That was many questions at once. Please ask again in {seconds:second|seconds}.",
        place="Many are asking right now; you are number {place} in the queue.",
        passed_over="I was away when you asked, and answer your last question. Please ask again "
        "what else you want to know: I passed over {count}.",
    ),
    reembed=ReembedTexts(
        pace="{rate} a second, {left} left",
        cancel="Cancel",
        cancelling="Cancelling …",
        cancelled="The re-embed was cancelled. The index is as it was.",
        over="That is over.",
        roll_back="Go back to the index before",
        rolled_back="The index of {created} answers again, with {documents:document|documents}. "
        "/reembed leads forward.",
    ),
    admin=AdminTexts(
        in_private="That tells what others asked, so I only say it in a private chat.",
        error="Something went wrong on my side; it stands in the log under {error_id}. Of more of "
        "its kind I say nothing until tomorrow.",
        running="Memory: {memory} MB\nRunning for {uptime}\nQuestions today: {questions}, "
        "median time {median} s",
        stats="{questions:question|questions} from {users:person|people}, {found} answered\n"
        "👍 {liked}  👎 {disliked}  ·  median time {median} s",
        stats_day="Last 24 hours",
        stats_days="Last {days} days",
        no_question_yet="No question.",
        unanswered="Asked in vain:",
        downvoted="Answers that were disliked:",
        none_unanswered="I know of no question that was asked in vain, and of no answer that was "
        "disliked. (With KEEP_QUESTIONS_DAYS=0 I keep no texts to tell of.)",
        exported="{questions:question|questions}, with what was answered and what people thought "
        "of it.",
        boilerplate="These lines recur, in so many documents, and are left out of the search:",
        no_boilerplate="No lines recur over many documents.",
        people="{count:was|were} let in with a button, {waiting:waits|wait}.",
        in_settings="In ALLOWED_CHAT_IDS: {chats}",
        revoked="Shut out.",
        not_let_in="They were not let in any more.",
    ),
    privacy=PrivacyTexts(
        kept="I keep your questions for {days:day|days}, each with your Telegram id, what I "
        "answered from and how you judged it, so that my administrators can see what is asked in "
        "vain. They can read them.",
        not_kept="I do not keep the texts of your questions once they are answered. I count them, "
        "with your Telegram id, what I answered from and how you judged it, for 30 days.",
        always="A question waits on my disk until it is answered. All of it stays on the machine "
        "I run on, but what we write passes through Telegram.\n\n/forgetme deletes what I keep of "
        "you; that you were let in I remember until an administrator shuts you out.",
        forgotten="I have deleted what I kept of you: {questions:question|questions}, "
        "and all that goes with it.",
    ),
    greeting="Hello! Ask me anything about the documents I keep. I answer with quotes from them, "
    "and I say so when I find nothing.",
    samples="For now they are sample documents about an invented Swedish town.",
    help="Write a question as you would ask a person, for example: Who attended the January "
    "meeting? The month or year helps, and you can ask in Swedish about English documents and the "
    "other way round.\n\nTap a quote to unfold it, or its number to see where it stands. Go on "
    "with “And in February?”, or reply to an older answer to go on from that one; /new begins "
    "anew. In a group, write /ask and the question, mention me, or reply to me.",
    help_for_admins="You are an administrator:\n/status how the bot is and what the index holds\n"
    "/reembed brings the index up to date with the documents folder\n/users who is let in\n"
    "/unanswered what was asked in vain\n/stats how many ask, and how it goes\n/export all "
    "questions as a table\n/boilerplate lines left out of the search",
    admins_alone="Only administrators can use that command.",
    unknown_command="I do not know that command. Just write your question, or see /help.",
    text_alone="I can only read text. Please write your question.",
    forgotten="Forgotten. What would you like to know?",
    long_forward="That is a long text to look for. Reply to it with your question, and I take it "
    "along.",
    no_question="Write your question after the command, for example: /ask Who attended the January "
    "meeting?",
    too_long="Your question is {length:character|characters} long and {longest} is the most. "
    "Ask for one thing at a time.",
    cannot_answer="I cannot answer right now, because my index cannot be used. An administrator "
    "has to look at it.",
    trouble="Something is wrong, and I cannot answer: {trouble}",
    failed="Sorry, something went wrong on my side. An administrator finds it in the log under "
    "{error_id}.",
    reembed_started="Re-embedding has started. I go on answering meanwhile.",
    reembed_running="A re-embed is already running.",
    reembed_done="Done in {seconds} s: {documents:document|documents}, "
    "{passages:passage|passages}, of which {embedded:is|are} new or changed.",
    reembed_unchanged="Nothing has changed: {documents:document|documents}, "
    "{passages:passage|passages}.",
    reembed_failed="The re-embed failed. The index before, if there was one, still answers.",
    reasons={reason: reason for reason in IN_SWEDISH},
    skipped="Could not be read: {count}",
    not_read="Not read, being of other kinds: {kinds}",
    and_more="… and {count} more",
    status="{documents:document|documents}, {passages:passage|passages} ({languages})\n"
    "Updated {created}, {age} ago\n"
    "Model: {model}\nFolder: {folder}\nSize: {megabytes} MB",
    stages={
        "compare": "Comparing files",
        "read": "Reading documents",
        "index": "Indexing words",
        "embed": "Embedding passages",
        "ask": "Asking golden questions",
    },
)

TEXTS: Final = Texts(
    name="English",
    leads={
        "attended": "Attended, according to the documents:",
        "absent": "Absent, according to the documents:",
        None: "According to the documents:",
    },
    may_answer="This may answer it:",
    other_meetings="What I found is of other times: {dates}.",
    among="Yes: {item}",
    not_among="{name} is not in the list shown: {citation}",
    part_not_found="I did not find {asked}.",
    see_also="See also:",
    says="{citation} says {asked}",
    differing="They do not say the same: {citations}",
    newer_says="{citation} is newer and says {asked}",
    said="{citation} said {asked}",
    said_something_else="{citation} said something else",
    not_found="I did not find an answer to this in the documents.",
    not_mentioned="Nothing that I found mentions: {phrases}.",
    nothing_more="I found nothing more about this in the documents.",
    nearest="Nearest to the question, though not an answer:",
    also_in="Also in",
    read_as="Read as: {question}",
    year_taken="Read as {date}.",
    year_taken_of="Read as {date}; there is also {others}.",
    another_year="For another year, go on with: and in {year}?",
    small_talk={
        "greeting": "Hello! Ask me something about the documents.",
        "thanks": "You're welcome!",
        "praise": "Thank you! Ask on whenever you like.",
        "wellbeing": "All is well here, thank you. What would you like to know?",
        "farewell": "Goodbye!",
        "agreement": "Good. Ask on whenever you like.",
        "identity": "I am Citera, a program that looks for answers in a folder of documents and "
        "quotes them word for word. No language model writes what I say.",
        "abilities": "I answer questions about the documents with quotes from them, for example: "
        "Who attended the January meeting? The month or year helps. You can go on from an answer, "
        'as in "and in February?", "who else?" or "when was that?", and ask in Swedish or English '
        "whatever the documents are written in.",
    },
    quotation_marks=("“", "”"),
    in_language={"sv": "in Swedish", "en": "in English", "other": "in another language"},
    months=TIMES.months_written,
    telegram=_TELEGRAM,
)
