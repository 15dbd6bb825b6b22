"""The judge: decides what a submission is worth, from outside the student's kernel.

collect → graft → show, judge → compare, diagnose → verdict. See DESIGN §4; `run.judge_notebook` is the way in.
"""
